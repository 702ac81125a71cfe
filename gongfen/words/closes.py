"""What is said when books are closed, and when they are given away, kept and brought back."""

REFUSALS = {
    "no_such_account": (
        "没有这个账户，或者是居民自己的账户，别人不能看",
        "There is no such account, or it is a resident's own, which nobody else reads",
    ),
    "bad_period": (
        "“{typed}”不是月份也不是年份：请写成 2026-11 或 2026",
        "“{typed}” is neither a month nor a year: write 2026-11 or 2026",
    ),
    "period_open": (
        "这段时间到 {until:moment} 才结束，结束后才能结账",
        "This period ends on {until:moment}; it can be closed after that",
    ),
    "period_signed": (
        "{period} 已经结账，两个人都签过字了",
        "{period} was closed and signed by two people already",
    ),
    "no_such_close": (
        "没有等签字的这次结账，或者账和准备时不一样了。请重新准备",
        "No such close waits for a signature, or the books are not what was prepared. Please prepare it again",
    ),
}
