"""What people read when signing in by WeChat does not work: why, and the way that always works."""

REFUSALS = {
    "wechat_not_here": (
        "这里还不能用微信登录。请用入村码登录。",
        "Signing in by WeChat is not possible here yet. Please use your join code.",
    ),
    "wechat_not_bound": (
        "这个微信还没有绑定。请输一次入村码，以后打开就登录好了。",
        "This WeChat account is not bound yet. Please type your join code once; after that you are signed in at once.",
    ),
    "wechat_of_somebody_else": (
        "这个微信已经是另一位居民的。请对方先在“我的手机”里停用，或者您直接用入村码登录。",
        "This WeChat account is somebody else’s here. They may end it under “My phones”; or use your join code alone.",
    ),
    "wechat_code_over": (
        "微信的登录码过期了。请再点一次，会换一个新的。",
        "WeChat’s login code is over. Please press once more; a new one is asked for.",
    ),
    "wechat_slower": (
        "这一分钟用微信登录的人太多。请等 {seconds} 秒再试，或者用入村码。",
        "Too many people sign in by WeChat this minute. Please wait {seconds} seconds, or use your join code.",
    ),
    "wechat_blocked": (
        "微信认为这个账号有风险，不让登录。请到微信里查看；这里可以用入村码登录。",
        "WeChat holds this account for unsafe and does not let it sign in. See in WeChat; here your join code works.",
    ),
    "wechat_busy": (
        "微信那边没有回答。请过一会儿再试，或者用入村码登录。",
        "WeChat does not answer. Please try again in a while, or sign in with your join code.",
    ),
    "wechat_refused": (
        "微信没有同意这次登录（{number}）。请用入村码登录，并告诉村里工作人员。",
        "WeChat did not agree to this sign-in ({number}). Please use your join code, and tell the village desk.",
    ),
}
