"""What people read when earning says no: kinds and forms, terms, activities, claims, reviews, photos."""

REFUSALS: dict[str, tuple[str, str]] = {
    # forms
    "kind_unknown": ("没有“{kind}”这种活动类型。", "There is no kind of activity called “{kind}”."),
    "form_wrong": ("表单没读懂，请重新填写。", "The form could not be read. Please fill it in again."),
    "field_missing": ("“{zh}”还没填。填好再提交。", "“{en}” is empty. Please fill it in and send again."),
    "field_unknown": (
        "表单里没有“{field}”这一项，请去掉它。",
        "The form does not ask for “{field}”. Please leave it out.",
    ),
    "field_wrong": (
        "“{zh}”填的内容不对，请按表单的提示重填。",
        "“{en}” does not fit. Please fill it in as the form asks.",
    ),
    "field_out_of_range": ("“{zh}”应在 {least} 到 {most} 之间。", "“{en}” must be from {least} to {most}."),
    "text_too_long": (
        "“{zh}”太长：最多 {longest} 个字，现在有 {length} 个。",
        "“{en}” is too long: at most {longest} characters, there are {length}.",
    ),
    # terms
    "terms_out_of_grammar": (
        "积分标准里的“{zh}”不符合这种活动。请从给出的选项里选。",
        "“{en}” of the terms does not fit this kind. Please choose from what is offered.",
    ),
    "terms_too_high": (
        "这种活动最多只能定 {most:points} 分，现在是 {points:points} 分。",
        "This kind may give at most {most:points} points; these terms give {points:points}.",
    ),
    "terms_too_soon": (
        "积分标准要提前公布，最早从 {earliest:day} 开始执行。",
        "Terms are announced ahead: they may begin on {earliest:day} at the earliest.",
    ),
    "terms_not_carried": (
        "{took_part} 人参加，{said_yes} 人同意，没有过半。原来的标准继续执行。",
        "{said_yes} of {took_part} said yes, which is not more than half. The old terms stay.",
    ),
    "decision_count_wrong": (
        "表决的人数或日期不对，请对照会议记录再填。",
        "The count or the day of the decision cannot be right. Please check the minutes of the meeting.",
    ),
    "terms_same_day": (
        "{day:day} 已经有同一项的标准了，请换一个开始日期。",
        "Other terms for the same work begin on {day:day} already. Please choose another day.",
    ),
    "unknown_terms": ("没有找到这份积分标准。", "These terms were not found."),
    "no_terms": (
        "这项活动在 {day:day} 还没有积分标准。请先提出标准，由村民表决。",
        "There are no terms for this work on {day:day}. Please propose some, for residents to decide.",
    ),
    "unknown_review_wish": ("没有找到这份审核规则的改动。", "This change of the review rules was not found."),
    "review_wish_waits": (
        "审核规则已有一份改动等人同意：先同意或撤下那一份。",
        "Another change of the review rules waits: please agree to it or drop it first.",
    ),
    "unknown_host": ("没有找到这个主办方。", "This host was not found."),
    # activities
    "unknown_activity": (
        "没有找到这个活动，可能已经取消。",
        "This activity was not found; it may have been called off.",
    ),
    "activity_wrong": (
        "活动的“{zh}”缺了或者不对，请补充后再提交。",
        "“{en}” of the activity is missing or cannot be. Please correct it and send again.",
    ),
    "activity_past": (
        "活动要在结束前发布。没有公布过的活动不能记工分。",
        "An activity is announced before it ends. What nobody announced brings no points.",
    ),
    "paper_path_missing": (
        "请写明没有手机的人怎么参加，例如“村委会签到表”。",
        "Please say how people without a phone take part, such as “sheet at the village office”.",
    ),
    "order_missing": (
        "有报酬的农活要写明：谁付钱、一个标准工日多少钱、用哪一笔专款。",
        "Paid labor names who pays, how much for a standard day, and the money of the order.",
    ),
    "budget_too_small": (
        "活动备付不够，还差 {points:points} 分（{money:money}）。请增加备付，或减少名额。",
        "The budget is short by {points:points} points ({money:money}). Please add to it, or offer fewer places.",
    ),
    "reading_share_full": (
        "看须知的工分一年最多占 {percent}%，这次多了 {points:points} 分。请减少备付，或先安排别的活动。",
        "Reading may bring at most {percent} % of a year's points; this is {points:points} too many. "
        "Please lower the budget, or plan other work first.",
    ),
    "still_undecided": (
        "还有 {claims} 笔没有办完（待审核、公示中或还能复查），办完才能结束活动。",
        "{claims} claims are not finished: in review, on notice, or open to appeal. Please close after that.",
    ),
    "activity_not_open": (
        "这个活动现在不能报工。请看活动页上的时间，或问村里工作人员。",
        "This activity takes no claims now. Please see its times, or ask at the village desk.",
    ),
    # claims
    "claim_outside_days": (
        "日期要在活动期间内（{first:day} 到 {last:day}），也不能是以后的日子。",
        "The day must be within the activity ({first:day} to {last:day}) and not in the future.",
    ),
    "no_account": (
        "14 岁以下或已离开的人没有账户，不能记工分。",
        "People under 14, and those who have left, have no account and earn no points.",
    ),
    "claimed_before": (
        "这一次已经报过了，不用再报。在“我参加的”里能看到。",
        "This was claimed already; there is no need to do it again. See “my participations”.",
    ),
    "agreed_by_both": (
        "邻里互助要双方在互助板上都点同意，不能一个人报。",
        "A neighbour's help is agreed by both on the board; it cannot be claimed by one alone.",
    ),
    "evidence_not_yours": (
        "这张照片不能用：找不到，或者已经用在别处。请重新拍一张。",
        "This photo cannot be used: it is not there, or serves another claim. Please take a new one.",
    ),
    "unknown_claim": ("没有找到这笔登记。", "This claim was not found."),
    "wrong_state": (
        "这一步现在不能办，可能已经有人办过了。请刷新看最新情况。",
        "This step is not possible now; somebody may have been first. Please refresh and look again.",
    ),
    "claim_in_notice": ("还在公示，{until:day} 之后到账。", "It is on notice; the points come after {until:day}."),
    "budget_short": (
        "活动备付用完了，还差 {missing:money}。请主办方增加备付，村民的工分不会少。",
        "The budget is used up; {missing:money} is missing. Please add to it: nobody loses any points.",
    ),
    # reviews
    "own_matter": ("自己的登记要由别人审核。", "Somebody else must decide what is your own."),
    "own_household": (
        "自家人的登记要由别家的审核员审核。",
        "A reviewer of another household must decide what is your own household's.",
    ),
    "own_record": (
        "您自己登记的，要由另一位审核员审核。",
        "You wrote this down yourself: another reviewer must decide it.",
    ),
    "decided_before": (
        "您之前审核过这一笔，复查要换一位审核员。",
        "You decided this before: another reviewer must look at it now.",
    ),
    "two_people_needed": (
        "这一步要由另一户的工作人员来办。",
        "This step needs a second member of staff, from another household.",
    ),
    "review_budget_spent": (
        "您今天还能审核 {left:points} 分，这一笔是 {points:points} 分。请交给另一位审核员，或明天再办。",
        "You can approve {left:points} more points today; this is {points:points}. "
        "Please leave it to another reviewer, or to tomorrow.",
    ),
    "set_too_large": (
        "一次最多审核 {most} 笔，现在选了 {lines} 笔。请分几次办。",
        "At most {most} lines at a time; {lines} were chosen. Please take several turns.",
    ),
    # objections, appeals, reversals
    "notice_over": ("异议期到 {until:day} 为止，已经过了。", "Objections were possible until {until:day}."),
    "objected_before": (
        "您已经对这一笔提过异议了，请等结果。",
        "You objected to this line already. Please wait for the answer.",
    ),
    "appeal_too_late": (
        "复查要在 {days} 天内提出，{until:day} 已经截止。",
        "An appeal must come within {days} days; the last day was {until:day}.",
    ),
    "appealed_before": (
        "这一笔已经申请过复查，每笔只能复查一次。",
        "This was appealed already; each claim is looked at again once.",
    ),
    "unknown_reversal": (
        "没有找到这笔更正，可能已经答复过了。",
        "This correction was not found, or was answered already.",
    ),
    "reversal_needs_objection": (
        "没有本人同意，也没有人提异议，不能更正。",
        "Without the owner's consent or an objection, an award is not reversed.",
    ),
    "points_spent": (
        "这些工分已经用掉了，不能更正。谁的余额都不会变成负数。",
        "The points were spent already: the award stands. Nobody's balance goes below nothing.",
    ),
    # photos
    "photo_too_large": (
        "照片太大了。请换一张小一点的，或用手机重新拍。",
        "The photo is too large. Please send a smaller one, or take it again with the phone.",
    ),
    "photo_unreadable": (
        "这不是能读的照片。请用 JPG、PNG 或 WebP 格式。",
        "This is not a photo that we can read. Please use JPG, PNG or WebP.",
    ),
    "photos_waiting": (
        "已经有 {most} 张照片还没用上。请先提交登记，或删掉几张。",
        "{most} photos wait to be used. Please send your claim first, or remove some.",
    ),
    "unknown_photo": ("没有找到这张照片，或者您不能看。", "This photo was not found, or is not for you to see."),
}
