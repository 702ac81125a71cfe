"""What the web pages say by themselves: a no that only a page can give, and what just happened."""

REFUSALS: dict[str, tuple[str, str]] = {
    "sum_unreadable": (
        "金额没看懂。请只写数字，比如 12.5，最多两位小数",
        "That is no sum of money. Please write digits only, like 12.5, with at most two decimals",
    ),
}

OUTCOMES: dict[str, tuple[str, str]] = {
    "asked": (
        "申请收到了。村里的人确认后，请去拿加入码。",
        "Your request is in. When the village has confirmed it, fetch your join code.",
    ),
    "signed_up": ("报名好了。", "You are signed up."),
    "waiting": ("排上队了，有名额就通知您。", "You are in line; you will be told when a place is free."),
    "cancelled": ("退出了，什么也不留。", "You are out; nothing is kept."),
    "in": ("签到好了。", "You are checked in."),
    "out": ("签退好了，辛苦了。", "You are checked out. Thank you."),
    "claimed": ("报工收到了，等人审核。", "Your claim is in; somebody will review it."),
    "counted": ("记下了，公示后到账。", "Noted; it is in your account after the notice."),
    "handed_in": ("问卷交好了，谢谢。", "Your survey is handed in, thank you."),
    "appealed": (
        "收到。换一个人复查，14 天内答复。",
        "Received. Somebody else looks at it and answers within 14 days.",
    ),
    "objected": ("收到。只停这一行，另请人看。", "Received. That line alone waits for somebody else."),
    "approved": ("已同意，进入公示。", "Approved; it is on notice now."),
    "refused": (
        "已说明不同意的原因，本人可以请人复查。",
        "Refused with your reason; the resident may ask for another look.",
    ),
    "next_day": ("到第二天了，公示到期的已经到账。", "It is the next day; what was on notice has been awarded."),
    "paid": ("付好了。", "Paid."),
    "not_paid": ("没有付，钱退回来了。", "Not paid; the money is yours again."),
    "confirm": ("这笔数目大，请在下面确认。", "This is a large sum: please confirm it below."),
    "reconfirmed": ("好，位置给您留着。", "Good, your place is kept."),
    "given_back": ("退好了。", "Given back."),
    "unlock": ("店主已开锁，十分钟内有效。", "Unlocked by the owner for ten minutes."),
    "close": ("今天关账了，周五结算。", "The day is closed; it is settled on Friday."),
    "open": ("又开着了。", "The day is open again."),
    "pin": ("密码设好了，只有本人知道。", "The PIN is chosen; nobody else knows it."),
    "proof": ("证明开好了，随时可以收回。", "The proof is made; you can end it at any time."),
    "consented": ("改好了。", "Changed."),
}
