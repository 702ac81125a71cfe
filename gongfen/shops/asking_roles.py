"""Who may ask for what, and who may approve it. The people are two, of two households, whatever their roles."""

from gongfen.shops.waiting import What

ASKS: dict[str, tuple[str, ...]] = {
    What.LIST_MERCHANT: ("clerk", "treasurer", "supervisor"),
    What.UNLIST_MERCHANT: ("clerk", "treasurer", "supervisor"),
    What.CLEAR_PIN: ("clerk", "treasurer", "supervisor"),
    What.PAY_BY_HAND: ("clerk", "treasurer"),
    What.MAKE_CARD: ("clerk", "supervisor"),
    What.UNLOCK_CARD: (),  # the holder asks
    What.TAKE_BACK_PAYOUT: ("treasurer",),
    What.CHANGE_ACCOUNT: ("clerk", "treasurer", "supervisor"),
}
APPROVES: dict[str, tuple[str, ...]] = {
    What.LIST_MERCHANT: ("supervisor",),
    What.UNLIST_MERCHANT: ("supervisor",),
    What.CLEAR_PIN: ("clerk", "supervisor"),
    What.PAY_BY_HAND: ("supervisor", "treasurer"),
    What.MAKE_CARD: ("clerk", "supervisor"),
    What.UNLOCK_CARD: ("clerk", "treasurer", "supervisor", "reviewer", "organiser"),
    What.TAKE_BACK_PAYOUT: ("supervisor",),
    What.CHANGE_ACCOUNT: ("supervisor",),
}
