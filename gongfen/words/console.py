"""What the desk says no to."""

REFUSALS = {
    "wrong_password": ("密码不对，请再输一次", "The password is not right: please try again"),
    "not_for_you": ("这一页要有别的职责才能看", "This page needs a role that you have not"),
    "sign_in_locked": (
        "试了太多次，先歇一刻钟再来",
        "Too many tries: please come back in a quarter of an hour",
    ),
    "wrong_second_factor": (
        "验证码不对：看一下手机上的验证器，输最新的 6 位",
        "These digits are not right: type the six that your authenticator shows now",
    ),
}
