"""What the desk says no to."""

REFUSALS = {
    "wrong_password": ("密码不对，请再输一次", "The password is not right: please try again"),
    "passwords_differ": ("两遍输得不一样，请再输一次", "The two are not the same: please type them again"),
    "not_for_you": ("这一页要有别的职责才能看", "This page needs a role that you have not"),
    "not_a_sum": ("“{typed}”不是一笔钱：请写成 1200 或 12.50", "“{typed}” is no sum of money: write 1200 or 12.50"),
    "not_a_day": ("“{typed}”不是日期：请写成 2026-03-18", "“{typed}” is no day: write 2026-03-18"),
    "no_file": (
        "没有收到文件，或者文件太大（最多 2 MB）。请重新选一次",
        "No file came, or it is too large (2 MB at most). Please choose it again",
    ),
    "wrong_set_up_code": (
        "这个码不对：请看服务器启动时显示的那一行",
        "This code is not right: look at the line that the server showed when it started",
    ),
    "set_up_over": (
        "这台服务器上已经有村、有账号了，请从办公桌登录",
        "There is a village with an account on this server: please sign in at the desk",
    ),
    "not_a_majority": ("到会的人要过半同意", "More than half of those who came must have said yes"),
    "unknown_owner": (
        "村里没有“{said}”，或有几位：请写成 户号-姓名",
        "Nobody here is “{said}”, or more than one: please write household-name",
    ),
    "nothing_typed": ("这一栏要填", "This must be filled in"),
    "sign_in_locked": (
        "试了太多次，先歇一刻钟再来",
        "Too many tries: please come back in a quarter of an hour",
    ),
    "wrong_second_factor": (
        "验证码不对：看一下手机上的验证器，输最新的 6 位",
        "These digits are not right: type the six that your authenticator shows now",
    ),
}
