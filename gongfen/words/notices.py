"""The catalogue of notices. Plain: what happened, what it means, what one can do. No hurry, no loss, no neighbours."""

REFUSALS: dict[str, tuple[str, str]] = {
    "unknown_topic": ("没有这一类通知", "There is no such kind of notice"),
    "quiet_hours_empty": (
        "开始和结束是同一个时间；请选两个不同的时间",
        "They begin and end at the same time; please choose two different times",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {
    "claim_approved": (
        "审核通过，公示后到账 {points:points} 工分",
        "Approved: {points:points} points come after the notice",
    ),
    "claim_refused": (
        "这次没有通过。您可以在 14 天内申请复查，由另一个人来看",
        "This was not approved. Within 14 days you can ask for another person to look again",
    ),
    "award": ("{points:points} 工分到账", "{points:points} points have come in"),
    "claim_objected": (
        "有人对您的一笔登记提出异议，审核员会再看一遍",
        "Somebody objected to a line of yours; a reviewer will look again",
    ),
    "award_stands": (
        "对您一笔工分的异议已经看过，您的工分照旧",
        "The objection to one of your awards was looked into: your points stay as they are",
    ),
    "award_reversed": (
        "{points:points} 工分已按您的同意或裁定更正",
        "{points:points} points were put right, with your consent or by a ruling",
    ),
    "appeal_granted": ("您的复查到期没有答复，按规定算通过", "Your appeal was not answered in time, so it is granted"),
    "reversal_asked": (
        "有一笔工分请您核对，同意才会更正",
        "Please look at one of your awards; it is put right only if you agree",
    ),
    "payment": ("付款 {money:money}", "Paid {money:money}"),
    "payment_to_confirm": ("有一笔 {money:money} 的付款等您确认", "A payment of {money:money} waits for your yes"),
    "refund": ("退款 {money:money} 已到您的可用金额", "A refund of {money:money} has come to your cash"),
    "dividend": ("分红 {money:money} 到账", "Your dividend of {money:money} has come in"),
    "advance": (
        "预支 {money:money} 到账，年终从您这一份里抵",
        "{money:money} was paid early; it is set off at the end",
    ),
    "objection_decided": ("您对分红的异议有答复了", "Your objection to the dividend has its answer"),
    "run_on_notice": (
        "今年分红开始公示。您可以看自己的分红条，有疑问可以提异议",
        "The dividend is on notice. You can read your own slip, and object to what is not right",
    ),
    "helper_named": ("有人请您当帮手，您随时可以结束", "Somebody named you as helper; you can end it at any time"),
    "helper_ended": ("您不再是帮手了", "You are no longer a helper"),
    "session_asked": (
        "村里工作人员想替您办事，要您在手机上点同意",
        "The village desk would like to act for you: please say yes or no on your phone",
    ),
    "session_begun": (
        "村里工作人员开始替您办事，最多半小时",
        "The village desk acts for you, for half an hour at most",
    ),
    "session_ended": (
        "替您办事结束了，办了什么都在回执上",
        "The desk has finished; your receipt has all that was done",
    ),
    "leaving_asked": (
        "离开已经登记，{until:day} 以前都可以撤回",
        "Your leaving is noted; until {until:day} you can take it back",
    ),
    "leaving_stayed": ("您撤回了离开，一切照旧", "You stay; everything is as before"),
    "leaving_paid": ("您的 {money:money} 已经付给您", "Your {money:money} was paid out to you"),
    "list_changed": (
        "名单上关于您的一项改了，您可以去核对",
        "Something about you was changed on the list; you can check it",
    ),
    "role_given": ("您有了新的岗位", "You have a new role"),
    "role_ended": ("您的一个岗位结束了", "One of your roles has ended"),
    "invitation": ("村里有新活动，想来就来", "There is something new in the village, if you like to come"),
}

MANY: dict[str, tuple[str, str]] = {
    "award": ("{count} 笔共 {points:points} 工分到账", "{count} awards, {points:points} points, have come in"),
    "claim_approved": (
        "{count} 笔审核通过，公示后到账 {points:points} 工分",
        "{count} approved: {points:points} points come after the notice",
    ),
    "payment": ("{count} 笔付款共 {money:money}", "{count} payments, {money:money}"),
    "refund": ("{count} 笔退款共 {money:money}", "{count} refunds, {money:money}"),
    "dividend": ("{count} 份分红共 {money:money} 到账", "{count} dividend shares, {money:money}, have come in"),
    "invitation": (
        "村里有 {count} 个新活动，想来就来",
        "There are {count} new things in the village, if you like to come",
    ),
}

TOPICS: dict[str, tuple[str, str]] = {
    "earning": ("工分", "Points"),
    "money": ("付款和退款", "Payments and refunds"),
    "sharing": ("分红", "Dividend"),
    "desk": ("帮手、岗位、卡", "Helpers, roles, cards"),
    "invitations": ("活动邀请", "Invitations"),
}


def text(code: str, count: int, lang: str) -> str:
    """The sentence of a notice, to be filled with its facts."""
    pair = MANY.get(code) if count > 1 else None
    return (pair or TEXTS[code])[0 if lang == "zh" else 1]
