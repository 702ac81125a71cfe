"""How lines of a statement and of the common money are told: who, what, how much."""

REFUSALS: dict[str, tuple[str, str]] = {}

LINES: dict[str, tuple[str, str]] = {
    "award": ("{what} · {points:points} 工分到账", "{what} · {points:points} points"),
    "payment": ("您付给 {shop} {money:yuan} 元", "You paid {shop} {money:money}"),
    "refund": ("{shop} 退给您 {money:yuan} 元", "{shop} gave you back {money:money}"),
    "dividend": ("{what} · 您这一份 {money:yuan} 元", "{what} · your share {money:money}"),
    "advance": ("{what} · 预支 {money:yuan} 元", "{what} · {money:money} in advance"),
    "help_given": (
        "谢谢{who}帮忙 · 给出 {points:points} 工分",
        "Thanks to {who} for the help · {points:points} points given",
    ),
    "help_received": ("您帮了{who} · {points:points} 工分", "You helped {who} · {points:points} points"),
    "redeemed": ("{points:points} 工分兑换成 {money:yuan} 元", "{points:points} points redeemed for {money:money}"),
    "handed_back": ("您退回 {points:points} 工分", "You handed back {points:points} points"),
    "reversed": ("更正：{what} · {points:points} 工分", "Put right: {what} · {points:points} points"),
    "held": ("预留 {money:yuan} 元，等您确认", "{money:money} held until you confirm"),
    "released": ("退还预留 {money:yuan} 元", "{money:money} no longer held"),
    "paid_out": ("打款 {money:yuan} 元", "{money:money} paid out"),
    "other": ("账目变动", "A change"),
}

MONEY: dict[str, tuple[str, str]] = {
    "received": ("收到 {donor}（凭证 {slip}）", "Received from {donor} (slip {slip})"),
    "to": ("拨到 {other}", "To {other}"),
    "from": ("来自 {other}", "From {other}"),
}

GRADES: dict[str, tuple[str, str]] = {
    "machine": ("本人扫码", "own check-in"),
    "witnessed": ("有人见证", "witnessed"),
    "typed": ("补录", "typed in"),
}

STATES: dict[str, tuple[str, str]] = {
    "made": ("等审核", "waits for review"),
    "second_look": ("等第二个人看", "waits for a second look"),
    "in_notice": ("公示到{until:day}", "on notice until {until:day}"),
    "objected": ("有异议，另请人看", "objected to; somebody else looks"),
    "refused": ("没同意：{reason}", "not approved: {reason}"),
    "appealed": ("在复查", "being looked at again"),
    "awarded": ("已到账", "in your account"),
    "reversed": ("已更正", "put right"),
}

UNITS: dict[str, tuple[str, str]] = {
    "once": ("一次", "a time"),
    "hour": ("1 小时", "an hour"),
    "day": ("一个标准工日", "a standard day"),
    "week": ("一周", "a week"),
    "month": ("一月", "a month"),
}

BECAUSE: dict[str, tuple[str, str]] = {
    "typed": ("补录的不单独算", "typed alone does not count"),
    "older_than_36_months": ("三年以前的不算", "older than three years"),
    "light_cap": ("须知和问卷一年最多算 60 分钟", "notices and surveys: at most 60 minutes a year"),
}

LOOKED: dict[str, tuple[str, str]] = {
    "attendance": ("看活动的签到", "the attendance of an activity"),
    "claim": ("审核您的登记", "deciding a claim of yours"),
    "objection": ("处理异议", "an objection"),
    "appeal": ("复查", "looking again at a claim"),
    "people": ("人员名册", "the list of people"),
    "card": ("办卡", "your card"),
    "helper_session": ("柜台代办", "acting for you at the desk"),
    "settlement": ("结算", "a settlement"),
    "recheck": ("抽查", "a re-check"),
}

CAPS: dict[str, tuple[str, str]] = {
    "each": ("一次最多 {n:points}", "at most {n:points} at a time"),
    "day": ("一天最多 {n:points}", "at most {n:points} a day"),
    "month": ("一月最多 {n:points}", "at most {n:points} a month"),
    "year": ("一年最多 {n:points}", "at most {n:points} a year"),
}

TOPICS: dict[str, tuple[str, str]] = {
    "earning": ("工分和审核", "points and reviews"),
    "money": ("付款和退款", "payments and refunds"),
    "sharing": ("分红", "the dividend"),
    "desk": ("帮手、岗位、卡", "helpers, roles, cards"),
    "invitations": ("新活动", "new activities"),
}

HOWS: dict[str, tuple[str, str]] = {
    "at_once": ("马上", "at once"),
    "daily": ("每天一次", "once a day"),
    "never": ("不用", "not at all"),
}

PURPOSES: dict[str, tuple[str, str]] = {
    "invitations": ("有新活动时请我（一周最多两次）", "Invite me to new activities (at most twice a week)"),
    "wechat_messages": ("用微信发通知给我", "Send me notices over WeChat"),
    "name_in_public": ("名字可以出现在村里的公告上", "My name may stand on the village's notices"),
    "photos": ("活动照片里可以有我", "I may be in photos of activities"),
}
