"""Words for places, codes, attendance, paper sheets, surveys, the board and re-checks: what is wrong, what to do."""

REFUSALS: dict[str, tuple[str, str]] = {
    "hand_the_survey_in": (
        "问卷交上来就算，空着也行：请到问卷那一页交",
        "A survey counts by being handed in, blank or not: please hand it in on its own page",
    ),
    # the rotating code
    "presence_code_unreadable": (
        "这不是签到码。请扫带队人手机上的二维码，或输入六位数字。",
        "This is not a check-in code. Please scan the one on the leader's phone, or type its six digits.",
    ),
    "presence_code_of_another": (
        "这是另一个活动的签到码。请打开您现在参加的活动再扫。",
        "This code belongs to another activity. Please open the activity you are at and scan again.",
    ),
    "presence_code_wrong": (
        "签到码不对。请看带队人手机上现在的六位数字，再输一次。",
        "The code is not right. Please look at the six digits the leader's phone shows now and try again.",
    ),
    "presence_code_stale": (
        "这个签到码已经过时（{shown_at:moment} 显示的）。请扫现在显示的那个。",
        "This code is too old (shown {shown_at:moment}). Please scan the one that is shown now.",
    ),
    "presence_code_ahead": (
        "带队人手机的时间快了 {seconds} 秒。请带队人把手机时间改成自动，再扫一次。",
        "The leader's phone clock is {seconds} seconds ahead. Please ask the leader to switch to automatic time, "
        "and scan again.",
    ),
    "presence_sent_too_late": (
        "签到码存了超过 {days} 天。请带队人帮您记上。",
        "The code was kept for more than {days} days. Please ask the leader to write you down.",
    ),
    "presence_tries_too_fast": (
        "输错了，请等 {seconds} 秒再试，或改用扫码。",
        "Those digits were wrong. Please wait {seconds} seconds, or scan the code instead.",
    ),
    # in and out
    "presence_not_in": (
        "您还没有签到，不能签退。请先签到，或请带队人帮您记上。",
        "You have not checked in, so you cannot check out. Please check in first, or ask the leader to write you down.",
    ),
    "presence_out_before_in": (
        "签退早于签到（签到是 {in_at:moment}）。请扫现在显示的签到码。",
        "This check-out is earlier than the check-in ({in_at:moment}). Please scan the code that is shown now.",
    ),
    "presence_elsewhere": (
        "那个时间您在另一个活动里（{since:moment} 起）。请先在那里签退。",
        "At that time you are at another activity (since {since:moment}). Please check out there first.",
    ),
    "presence_still_there": (
        "您 {since:moment} 签到以后没有签退。请带队人帮您补记签退，再签到。",
        "You came {since:moment} and did not check out. Please ask the leader to write down when you left, "
        "then check in again.",
    ),
    "presence_not_the_time": (
        "活动时间是 {starts_at:moment} 到 {ends_at:moment}，现在不能签到。",
        "The activity is from {starts_at:moment} to {ends_at:moment}; one cannot check in now.",
    ),
    "presence_nothing_to_confirm": (
        "没有这一条，或已经有人确认过了。请刷新名单。",
        "There is no such line, or somebody confirmed it already. Please reload the list.",
    ),
    "attendance_over": (
        "活动还没发布或已经结束，不能再记。",
        "The activity is not announced yet or is closed; nothing can be written down for it.",
    ),
    # places
    "sign_up_closed": (
        "现在不能报名：活动还没发布，或已经结束。",
        "One cannot sign up now: the activity is not announced yet, or it is over.",
    ),
    "activity_full": (
        "名额满了。可以排队：有人退出就轮到您。",
        "All places are taken. You can wait in line: when somebody steps back, it is your turn.",
    ),
    "sign_up_overlaps": (
        "您那个时间已经报了“{title}”（{starts_at:moment}）。要换的话请先取消那一个。",
        "You signed up for “{title}” ({starts_at:moment}) at that time. To change, please cancel that one first.",
    ),
    "no_place_to_confirm": (
        "没有可以确认的名额。还在排队的话，有空位会轮到您。",
        "There is no place to confirm. If you are waiting in line, you get one when it is free.",
    ),
    "reconfirm_too_early": (
        "{since:moment} 起可以确认。",
        "Places can be confirmed from {since:moment}.",
    ),
    "lot_too_early": (
        "报名要开满 48 小时才抽签，{draw_at:moment} 以后可以。",
        "Sign-up stays open for 48 hours before the lot; it can be drawn after {draw_at:moment}.",
    ),
    "lot_drawn": ("已经抽过签了。", "The lot was drawn already."),
    # paper sheets
    "sheet_unknown": (
        "没有这张签到表。请核对表上的编号。",
        "There is no such sheet. Please check the number printed on it.",
    ),
    "sheet_wrong_step": (
        "这一步现在做不了。顺序是：打印、拍照、录入、第二个人核对。",
        "This step is not possible now. The order is: print, photograph, type, a second person checks.",
    ),
    "sheet_too_long": ("一张表最多 {most} 行。", "A sheet has at most {most} lines."),
    "sheet_line_twice": ("同一个人在表上写了两次。", "The same person stands on the sheet twice."),
    "sheets_differ": (
        "两次录入有 {lines} 处不一样。请对着照片改好再交。",
        "The two typings differ in {lines} lines. Please compare them with the photo and send again.",
    ),
    # surveys
    "survey_form_wrong": (
        "问卷有一处要改（第 {question} 题：{reason}）。",
        "The survey needs a correction (question {question}: {reason}).",
    ),
    "survey_options": (
        "选择题要有 2 到 20 个不一样的选项，一行一个。",
        "A question to choose from needs 2 to 20 different answers, one a line.",
    ),
    "survey_range": (
        "打分最多 11 档（如 1 到 5）；填数字要写最小和最大；选几个不能比选项多。",
        "A scale has at most 11 steps (1 to 5); a number has a lowest and a highest; not more choices than answers.",
    ),
    "survey_bands": (
        "分段从小到大写，第一段不大于最小的数，如 0 18 60。",
        "Bands rise, and the first is not above the lowest number: 0 18 60.",
    ),
    "survey_condition": (
        "条件要写前面一道选择题或打分题的题号，和它的答案。",
        "A condition names an earlier question to choose from or a scale, and answers that it offers.",
    ),
    "survey_number": ("每题一个题号，不能重复。", "Every question needs a number of its own."),
    "survey_empty": ("至少写一道题。", "Please write one question at least."),
    "survey_closes": ("截止时间要在现在以后。", "Please choose a last moment that is still to come."),
    "survey_not_open": ("问卷现在不开放。", "The survey is not open now."),
    "survey_still_open": (
        "问卷还没结束，{closes_at:moment} 以后才有结果。",
        "The survey is still open; there are results after {closes_at:moment}.",
    ),
    "survey_slip_unreadable": (
        "第 {line} 行第 {question} 题没认出来：选项写第几个，多选写 1,3，数字照写，空着写 -，不想说写 x",
        "Line {line}, question {question} was not understood: the answer's place, several as 1,3, a number as it is, "
        "- for empty, x for prefer not to say",
    ),
    "survey_no_slips": ("一张还没录。", "No slip was typed yet."),
    "survey_slips_differ": (
        "两遍录得不一样。您这遍对不上的行：{lines}；前一遍多出 {other} 张。请对着纸再看一眼",
        "The two typings differ. Lines of yours that the first has not: {lines}; slips that only the first has: "
        "{other}. Please look at the paper once more",
    ),
    "unknown_survey": ("没有这份问卷。", "There is no such survey."),
    "answered_before": (
        "您已经交过这份问卷了，每人只交一次。",
        "You have handed in this survey already; everyone answers once.",
    ),
    "answers_unreadable": (
        "没看懂答案。请重新打开问卷再交。",
        "The answers could not be read. Please open the survey again.",
    ),
    "question_unknown": (
        "问卷里没有这一题。请重新打开问卷。",
        "The survey has no such question. Please open it again.",
    ),
    "answer_not_offered": (
        "第 {question} 题的答案不在选项里。请重选，或选“不想说”。",
        "The answer to question {question} is not one of the choices. Please choose again, or “prefer not to say”.",
    ),
    "answer_too_many_chosen": (
        "第 {question} 题最多选 {most} 项。",
        "Question {question} takes at most {most} choices.",
    ),
    "answer_number_out_of_range": (
        "第 {question} 题请填 {least} 到 {most} 之间的整数。",
        "Question {question} takes a whole number from {least} to {most}.",
    ),
    "answer_text_too_long": (
        "第 {question} 题最多写 {most} 个字。",
        "The answer to question {question} has at most {most} characters.",
    ),
    "survey_asks_others": ("这份问卷问的是另一个村的居民。", "This survey asks the residents of another village."),
    "too_many_slips": ("一次最多录入 {most} 张。", "At most {most} slips can be typed at once."),
    # the board
    "unknown_help": ("没有这一条。可能已经撤下了。", "There is no such line. It may have been taken down."),
    "note_empty": ("请写一句要帮什么忙。", "Please write a line about the help."),
    "note_too_long": ("最多写 {most} 个字。", "At most {most} characters, please."),
    "too_many_notes": (
        "板上最多留 {most} 条。请先撤下一条。",
        "At most {most} notes each. Please take one down first.",
    ),
    "help_points_wrong": (
        "一次互助给 {least:points} 到 {most:points} 分，请商量好再填。",
        "One help brings {least:points} to {most:points} points; please agree on a number between.",
    ),
    "help_within_household": (
        "一家人互相帮忙不用记工分。",
        "Help within one household is not counted in points.",
    ),
    "help_cap_reached": (
        "这位邻居这段时间的互助工分已经到上限，还可以记 {left:points} 分。",
        "This neighbour has reached the limit for help in this time; {left:points} points are left.",
    ),
    "help_not_yours_to_agree": ("要由另一位来点同意。", "It is for the other one to agree."),
    "help_decided": ("这一条已经办完了。", "This has been settled already."),
    "help_no_activity": (
        "村里现在没有开放邻里互助。",
        "The village has no neighbour's help open at the moment.",
    ),
    # the roster's re-check, and looks
    "recheck_nobody_to_carry": (
        "要由别的组的居民送明细，现在别的组没有人可以抽。",
        "Residents of another group hand over the statements, and there is nobody to draw.",
    ),
    "roster_objection_empty": (
        "请写明哪里不对，最多 200 个字。",
        "Please say what is wrong, in at most 200 characters.",
    ),
    "roster_objected_before": (
        "这一季度这个组的新增名单，您已经提过异议。",
        "You objected to these additions already.",
    ),
    "unknown_roster_objection": ("没有找到这条异议。", "This objection was not found."),
    "not_your_village": (
        "只能对本村的名册提异议。",
        "You can object to the roster of your own village only.",
    ),
    "recheck_not_your_errand": ("这份明细不是抽给您送的。", "This statement was given to somebody else to hand over."),
    "recheck_not_drawn": ("这个组这个季度还没有抽查。", "Nothing was drawn for this group in this quarter."),
    "recheck_unknown_finding": (
        "请选：送到了、搬走了、没有这个人。",
        "Please choose: handed over, moved away, or nobody knows this person.",
    ),
    "unknown_reason": (
        "看别人的资料要有说得出的理由。",
        "Nobody looks at somebody's data without a reason that can be told.",
    ),
}
