"""What the village office says no to."""

REFUSALS: dict[str, tuple[str, str]] = {
    "left_already": ("这个人已经离开了", "This person has left already"),
    "guardian_leaves": (
        "{name} 还没有别的监护人：先在这一户里换一个监护人，再办离开",
        "{name} has no other guardian yet: choose another one in the household before leaving",
    ),
    "no_such_leaving": ("没有这一笔离开，或者已经撤回了", "Nobody asked to leave here, or it was taken back"),
    "nothing_owed": ("没有要付的钱", "There is nothing to pay out"),
    "payout_prepared": ("已经有人付了，等第二个人核对", "Somebody paid it out already; a second person must check it"),
}
