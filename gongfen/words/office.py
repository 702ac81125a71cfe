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
    "nobody_chosen": ("先选人：要住在这里的", "Choose somebody first, who lives here"),
    "bad_household": ("户号写 1 到 20 个字", "A household's number has 1 to 20 letters"),
    "household_without_grown_up": (
        "这样一分，{name} 那一户就没有大人了：请把一位大人也选上",
        "Then no grown-up would live with {name}: choose a grown-up, too",
    ),
    "age_band_goes_back": (
        "有账户的人不能改成 14 岁以下",
        "Nobody who has an account becomes somebody under 14",
    ),
    "role_not_possible": (
        "这个岗位给不了：要是住在村里的成年人，而且现在还没有（或者：已经没有了）",
        "This is not possible: a role is for a grown-up who lives here and has it not yet (or has it, to end it)",
    ),
    "no_such_wish": ("这个提议已经有人定了", "Somebody decided this proposal already"),
    "no_such_session": (
        "代办已经结束，或者本人还没有同意",
        "The session is over, or the resident has not agreed to it",
    ),
    "consent_missing": ("先说明本人怎么同意的", "Say first how the resident agreed"),
    "no_such_desk_number": (
        "号码对不上，或者办公桌已经不问了：请在办公桌上重新开始",
        "This is not the number at the desk, or the desk no longer asks: begin again there",
    ),
    "phone_unknown": (
        "办公桌不认识这部手机：请在办公桌上重新登记",
        "The desk does not know this phone: make it known again there",
    ),
    "desk_pin_wrong": ("密码不对，还能试 {left} 次", "The PIN is not right; {left} tries are left"),
    "no_answer_yet": (
        "手机上还没有点同意，或者过了两分钟：看一下手机",
        "The phone has not said yes yet, or two minutes are over: look at it",
    ),
    "nobody_there": ("村里没有这个人", "Nobody by this number lives in the village"),
}

ROLES: dict[str, tuple[str, str]] = {
    "organiser": ("活动组织人", "organiser"),
    "reviewer": ("审核员", "reviewer"),
    "clerk": ("文书", "clerk"),
    "treasurer": ("会计", "treasurer"),
    "supervisor": ("监督员", "supervisor"),
    "auditor": ("审计员", "auditor"),
}

DEEDS: dict[str, tuple[str, str]] = {
    "sign_up": ("报名：{what}", "signed up: {what}"),
    "cancel": ("取消报名：{what}", "sign-up taken back: {what}"),
    "claim": ("报工：{what}", "claim made: {what}"),
    "statement": ("打印明细 {what}", "statement printed {what}"),
    "book": ("打印工分本", "work-point book printed"),
    "card": ("补办卡片（还要第二个人同意）", "a new card asked for (a second person must agree)"),
    "lost_phone": ("手机挂失", "lost phone signed out"),
    "code": ("打印入村码", "join code printed"),
    "record": ("拿走全部资料", "whole record taken away"),
    "helper": ("家人代用：{what} 可以替本人付款", "family helper: {what} may pay for them"),
    "helper_end": ("取消家人代用：{what}", "family helper ended: {what}"),
    "leave": ("登记离开", "leaving asked for"),
    "stay": ("撤回离开", "leaving taken back"),
}

AGREED: dict[str, tuple[str, str]] = {
    "phone": ("本人在自己手机上同意", "on the own phone"),
    "paper": ("本人在场，在这张回执上签字", "present, with a signature on this receipt"),
}
