"""What is said about a village's files: each sentence says what is wrong, and what to write instead."""

# ruff: noqa: E501  (a sentence and its twin stand on one line)

WHERE = {
    "file": ("{file}：", "{file}: "),
    "row": ("{file} 第 {row} 行：", "{file}, row {row}: "),
    "cell": ("{file} 第 {row} 行“{column}”：", "{file}, row {row}, {column}: "),
}

REFUSALS: dict[str, tuple[str, str]] = {
    # the file as a whole
    "folder_not_found": ("没有这个文件夹：{folder}", "there is no such folder: {folder}"),
    "file_missing": (
        "文件夹里没有 {name}。每个村要有 village.toml、residents、terms、merchants 四个文件",
        "the folder has no {name}; a village has village.toml, residents, terms and merchants",
    ),
    "file_in_two_forms": ("同时有 {name}.csv 和 {name}.xlsx，请留一个", "there is both {name}.csv and {name}.xlsx; keep one"),
    "file_ending": ("只能读 .csv 和 .xlsx，请在 WPS 或 Excel 里另存", "only .csv and .xlsx can be read; save it as one of them"),
    "file_empty": ("文件是空的", "the file is empty"),
    "file_is_another_kind": (
        "名字是表格，里面却是 {kind}。请在 WPS 或 Excel 里另存为 .xlsx 或 .csv",
        "named like a table, but it holds {kind}; save it as .xlsx or .csv from WPS or Excel",
    ),
    "file_old_or_locked": (
        "这是旧的 .xls，或者加了密码。请去掉密码，另存为 .xlsx",
        "this is an old .xls, or it has a password; remove the password and save it as .xlsx",
    ),
    "file_not_xlsx": (
        "名字是 .xlsx，里面不是 Excel 表格。如果是文本，请把名字改成 .csv",
        "named .xlsx, but it is no workbook; if it is text, name it .csv",
    ),
    "file_not_csv": (
        "名字是 .csv，里面是 Excel 表格。请把名字改成 .xlsx",
        "named .csv, but it is a workbook; name it .xlsx",
    ),
    "file_not_text": (
        "读不出文字（不是 UTF-8，也不是 GB18030）。请另存为“CSV UTF-8”",
        "this is no text that can be read (neither UTF-8 nor GB18030); save it as CSV UTF-8",
    ),
    "file_quotes_broken": ("引号没有配对，从这里起读不下去", "quotes do not match; nothing can be read from here on"),
    "file_damaged": ("文件坏了，打不开。请重新另存一份", "the file is damaged and cannot be opened; save it again"),
    "file_too_large": ("文件太大，最多 {most} MB", "the file is too large; at most {most} MB"),
    "file_unpacks_too_large": (
        "这个文件打开后大得不像一张表，没有打开",
        "opened, this file would be far larger than any table; it was not opened",
    ),
    "file_too_many_rows": ("行数太多，最多 {most} 行", "too many rows; at most {most}"),
    "file_cannot_open": ("文件打不开：{why}", "the file cannot be opened: {why}"),
    # the table in it
    "header_not_found": (
        "没找到表头。要有一行写着：{columns}",
        "no header was found; one row must name: {columns}",
    ),
    "several_tables": ("好几张工作表都像：{sheets}。请只留一张", "several sheets look like it: {sheets}; keep one"),
    "column_missing": ("缺“{wanted}”这一列", "the column {wanted} is missing"),
    "column_twice": ("和“{other}”是同一列，请留一列", "this is the same column as {other}; keep one"),
    "column_forbidden": (
        "不许收集{what}（{right}）。系统用不着，请把这一列删掉再交",
        "{what} may not be collected ({right}); nothing needs it: delete the column",
    ),
    "column_not_read": ("这一列没有读", "this column was not read"),
    "line_not_read": ("这一行是合计、签字或空行，没有读：{text}", "a total, a signature or an empty line, not read: {text}"),
    "remark_not_read": ("备注没有读入：{text}。有上限请写进上限一列", "the remark was not read: {text}; caps have their own columns"),
    "cell_missing": ("这一格是空的，请填上", "this cell is empty; please fill it in"),
    "cell_too_long": ("太长了，最多 {most} 个字", "too long; at most {most} letters"),
    "two_values": ("两格写的不一样：{first}、{second}", "two cells say different things: {first}, {second}"),
    "not_a_number": ("“{value}”不是一个数。请写一个数，比如 5 或 2.5", "{value!r} is not a number; write one, as 5 or 2.5"),
    # residents
    "age_column_missing": ("缺“年龄段”（或者年龄、出生日期）这一列", "the column age band (or age, or birthday) is missing"),
    "head_column_missing": ("缺“户主”（或者与户主关系）这一列", "the column head (or relation to the head) is missing"),
    "phone_column_missing": (
        "没有“有手机”这一列：都按没有手机办，发纸质工分册",
        "no column says who has a phone: everybody is given paper",
    ),
    "counts_column_missing": ("没有“计人头”这一列：每个人都算", "no column says who counts as a head: everybody does"),
    "only_age_band_kept": ("只记年龄段，年龄和生日不保存", "only the age band is kept, neither age nor birthday"),
    "name_is_number": ("“{value}”不像姓名，是不是错了一列？", "{value!r} is no name; is it the wrong column?"),
    "group_unknown": ("village.toml 里没有“{value}”。有的是：{groups}", "village.toml has no group {value!r}; it has {groups}"),
    "age_band_unknown": (
        "“{value}”不是年龄段。请写：14岁以下、14-17岁、18-59岁、60岁以上",
        "{value!r} is no age band; write under 14, 14-17, 18-59 or 60+",
    ),
    "age_unknown": ("“{value}”不是年龄", "{value!r} is no age"),
    "birthday_unknown": ("“{value}”不是生日。请写成 1980-05-01", "{value!r} is no birthday; write 1980-05-01"),
    "yes_or_no_unknown": ("“{value}”看不出是不是。请写 是 或 否", "{value!r} is neither yes nor no; write one of them"),
    "yes_or_no_missing": ("空着看不出是不是。请写 是 或 否", "empty says neither yes nor no; write one of them"),
    "resident_twice": (
        "{household} 户的{name}已在第 {other} 行。同名两人，请在名字后加大、小",
        "{name} of household {household} stands in row {other} already; tell two people of one name apart",
    ),
    "household_without_head": ("{household} 户没有户主，请定一位", "household {household} has no head; name one"),
    "household_two_heads": ("{household} 户已有户主{name}，一户一位", "household {household} has the head {name}; one is enough"),
    "head_is_child": ("户主{name}还没成年，请写一位成年人", "the head {name} is not grown up; name an adult"),
    "household_in_two_groups": (
        "{household} 户别的人在{first}，这里写的是{second}",
        "the others of household {household} are in {first}, this row says {second}",
    ),
    "guardian_missing": (
        "{name}不满 14 岁，没有账户，份子由监护人代收：请写监护人姓名",
        "{name} is under 14 and has no account; name the guardian who receives the share",
    ),
    "guardian_unknown": ("{household} 户没有“{value}”这个人", "household {household} has nobody called {value!r}"),
    "guardian_is_child": ("监护人{value}还没成年", "the guardian {value} is not grown up"),
    # terms: the grammar
    "kind_not_known": (
        "不知道“{value}”是哪种活动。请在类别里写其中一种：{kinds}",
        "{value!r} is no known kind of activity; write one of: {kinds}",
    ),
    "work_not_known": ("{kind}里没有“{value}”。请写其中一种：{whats}", "{kind} has no {value!r}; write one of: {whats}"),
    "work_read_as": ("“{text}”按“{kind} · {what}”记", "{text!r} was read as {kind} · {what}"),
    "work_same_as": ("和第 {other} 行“{text}”是同一种活（{what}），分值相同，合成一条",
                     "the same work ({what}) and worth as row {other}, {text!r}; they are one"),
    "work_twice": (
        "和第 {other} 行“{text}”是同一种活（{what}），分值却不同。同一种活只能一个分值",
        "the same work ({what}) as row {other}, {text!r}, but of another worth; the same work has one worth",
    ),
    "unit_not_of_kind": (
        "{kind}不按“{value}”计。请改成：{units}，一年最多多少写进“每年上限”",
        "{kind} is not counted by {value!r}; write {units}, and the most of a year in its cap column",
    ),
    "points_missing": ("没写几分。请村里定了再填，0 也要写", "it does not say how many points; write them, 0 too"),
    "points_are_a_range": (
        "“{value}”是一个范围，给多少由人看着办，不行（{right}）。请分成几行，各写一个数",
        "{value!r} is a range that somebody would choose from ({right}); write one row for each number",
    ),
    "points_too_many": ("最多 {most:points} 分（{right}），这里写了 {points:points}", "at most {most:points} ({right}); this says {points:points}"),
    "cap_added": ("没写每年上限，按{kind}的上限 {most:points} 分记", "no cap a year was written; that of {kind} holds: {most:points}"),
    "cap_too_high": ("{kind}一年最多 {most:points} 分", "{kind} may bring at most {most:points} a year"),
    "minutes_out_of_range": ("“{value}”不是分钟数，最多 {most}", "{value!r} is no number of minutes; at most {most}"),
    "price_in_terms": (
        "“{what}”是商品价格（{points}），不是积分标准。请写到 merchants 表的商品一列：{what} {points}元",
        "{what!r} is the price of goods ({points}), not what work is worth; write it into merchants, under offers",
    ),
    # terms: the rights
    "deduction": (
        "不许扣分（{right}）：挣到的工分只有本人能花。可以不写这一行；想让大家做什么，就给做了的人加分",
        "no deductions ({right}): points leave a resident only by their own hand. Leave the row out; reward what is wanted instead",
    ),
    "for_reporting": (
        "举报别人不给分（{right}）。有意见请走村务公开的渠道；可以给“安全巡查”记分",
        "no points for reporting others ({right}). Complaints go the usual way; a safety watch may bring points",
    ),
    "for_voting": ("投票、选举不给分（{right}）。到会可以记“村民会议”", "no points for voting ({right}); being at the meeting may bring some"),
    "for_study": (
        "天天学习、答题、打卡不给分（{right}）。可以写“须知”，每月看一次，最多 1 分",
        "no points for daily study, quizzes or time on a page ({right}); the month's notices may bring one point a month",
    ),
    "for_being_first": ("不排名、不上榜（{right}）。请写做了什么事、每次几分", "no rankings and no lists ({right}); write the work and its points"),
    "for_who_one_is": (
        "同一件事，谁做都一样（{right}）。请把身份去掉，只写做什么",
        "the same work brings everyone the same ({right}); write the work, not who does it",
    ),
    "for_a_gift": (
        "捐钱捐物不给分（{right}）：工分只能靠出力挣，不能用钱换。“{what}”里若有劳动，请单独写一行",
        "no points for gifts of money or goods ({right}): points are earned by work. If {what!r} holds labor, give it its own row",
    ),
    "not_earned": (
        "没做事的基础分不给（{right}）：每一分都要有一次公布过的活动。想人人有份，请用年底按人分的那部分",
        "no points that nobody earned ({right}): each needs an announced activity. To share with all, use the head share of the dividend",
    ),
    "of_the_home": (
        "不到家里检查打分（{right}）：家里的事不是公家的事。可以写“公益工：打扫公共道路”，按小时记",
        "no inspection of homes ({right}). Write common work instead, as sweeping the public road, by the hour",
    ),
    "of_private_life": (
        "喝酒、打牌、婚丧这类私事不记分（{right}）。请删掉这一行",
        "no points for private life ({right}); leave the row out",
    ),
    "nobody_can_check": (
        "“{what}”谁也没法核实（{right}）。请写看得见的事：做什么、每次几分，比如“陪护老人 1 小时”",
        "nobody can check {what!r} ({right}). Write something that can be seen, as keeping an elder company for an hour",
    ),
    "for_honour": (
        "别处给的荣誉不再折成工分（{right}）：工分只来自村里公布的活动。请把那件事本身写成一行",
        "honours given elsewhere bring no points ({right}): these come from announced activities. Write the work itself as a row",
    ),
    "as_one_likes": (
        "“其他”“奖励”由人看着给，不行（{right}）。请写清是什么事、每次几分",
        "no 'other' and no bonus ({right}); write which work it is and what it is worth",
    ),
    # merchants
    "price_unclear": ("“{value}”看不出价格。请写成：肥皂 5元；大米 50元", "{value!r} has no clear price; write soap 5 yuan; rice 50 yuan"),
    "owner_not_in_household": ("{household} 户没有{name}", "household {household} has nobody called {name}"),
    "owner_not_clear": (
        "村里有几位{name}（户号 {households}），请写店主户号",
        "several residents are called {name} (households {households}); write the owner's household",
    ),
    "owner_from_elsewhere": ("店主{name}不在居民名单里，店先不挂在谁名下", "the owner {name} is no resident of the list; the shop has none for now"),
    "shop_two_owners": ("{name}写了两位店主：{first}、{second}", "{name} has two owners: {first}, {second}"),
    "shop_twice": ("{name}已在第 {other} 行", "{name} stands in row {other} already"),
    "offer_twice": ("{name}的“{what}”写了两次", "{name} offers {what!r} twice"),
    # village.toml
    "toml_not_utf8": ("不是 UTF-8 文字。请另存为 UTF-8", "this is not UTF-8; save it as UTF-8"),
    "toml_broken": ("写法不对：{why}", "this is not TOML: {why}"),
    "toml_key_missing": ("缺“{wanted}”", "{wanted} is missing"),
    "toml_key_unknown": ("不认识这一项。认识的有：{known}", "this key is not known; known are {known}"),
    "toml_table_expected": ("要写成一节，比如 [village]", "this must be a table, as [village]"),
    "toml_text_expected": ("要写成引号里的文字，最多 {most} 个字", "this must be text in quotes, at most {most} letters"),
    "toml_texts_expected": ("要写成几个名字，比如 [\"一组\", \"二组\"]", "this must be a list of names"),
    "toml_twice": ("有重复的名字", "a name stands twice"),
    "toml_number_expected": ("“{value}”不行，要写 {least} 到 {most} 的整数", "{value} will not do; write a whole number from {least} to {most}"),
    "decision_day": ("“{value}”不是开会那天（比如 2026-01-10，不能是将来）", "{value} is not the day of the meeting (as 2026-01-10, not in the future)"),
    "decision_no_majority": (
        "{took_part} 人参加，{yes} 人同意，没有过半：积分标准不能生效（{right}）",
        "{yes} of {took_part} said yes, which is no majority: the terms cannot come into force ({right})",
    ),
    "staff_household_and_name": ("“{value}”要写成 户号-姓名，比如 3-王秀英", "{value!r} must be household-name, as 3-Wang Xiuying"),
    "staff_not_resident": ("{household} 户没有{name}。工作人员也是居民", "household {household} has nobody called {name}; staff are residents"),
    "staff_is_child": ("{name}还没成年", "{name} is not grown up"),
    "staff_missing": ("还没有{role}，请定一位", "there is no {role}; name one"),
    "staff_one_household": (
        "{first}和{second}不能都在一户（{right}）：两个人经手，要来自两户",
        "{first} and {second} may not all be of one household ({right})",
    ),
    # what is written already
    "town_is_another": ("{code} 是{name}的编号，请换一个", "{code} is the code of {name}; choose another"),
    "par_never_moves": ("1 工分值 {par} 分钱，定了就不能改", "a point is worth {par} fen, and that never moves"),
    "notice_days_kept": ("公示期仍是 {days} 天，没有改", "the notice period stays at {days} days"),
    "band_goes_back": (
        "{name}已有账户，年龄段不能改回 14 岁以下。请到工作台办理",
        "{name} has an account and cannot be under 14 again; see the desk",
    ),
    "resident_not_in_file": (
        "{household} 户的{name}不在名单里，没有动。搬走、离村请到工作台办理",
        "{name} of household {household} is not on the list and was left alone; leaving is done at the desk",
    ),
    "role_by_two_people": (
        "村里已有工作人员，{name}当{role}要由两个人在工作台办理",
        "the village has staff: two of them make {name} the {role}, at the desk",
    ),
    "terms_changed_undecided": (
        "{what}的分值和正在用的不一样。要改，先开会，再把开会的日子和人数写进 village.toml（{right}）",
        "{what} differs from the terms in force. A newer meeting must decide: write its day and count into village.toml ({right})",
    ),
    "terms_from_day": ("“{what}”的新分值从 {day} 起", "the new terms of {what!r} begin on {day}"),
    "hours_unclear": ("“{value}”看不出几点到几点。请写成 7:00-20:30", "{value!r} has no clear hours; write 7:00-20:30"),
    "owner_kept": ("{name}的店主没有改，请到工作台办理", "the owner of {name} was not changed; see the desk"),
    "row_refused": ("这一行没办成：{no}", "this row was refused: {no}"),
    "day_unclear": (
        "“{value}”不是日期，或者还没到。请写成 2026-03-18",
        "{value!r} is no day, or has not come yet; write 2026-03-18",
    ),
    "clock_unclear": ("“{value}”看不出几点几分。请写成 8:30", "{value!r} is no hour and minute; write 8:30"),
    "resident_not_here": ("村里没有“{name}”", "nobody in the village is called {name!r}"),
    "resident_not_clear": ("村里不止一个“{name}”，请写上户号", "several people are called {name!r}; write the household, too"),
    "offer_price_kept": ("“{what}”仍是 {price:money}，店家自己改价", "{what!r} stays at {price:money}; the shop changes its prices"),
}  # fmt: skip

NAMES: dict[str, tuple[str, str]] = {
    "residents.household": ("户号", "household"),
    "residents.name": ("姓名", "name"),
    "terms.kind": ("类别", "kind"),
    "terms.what": ("项目", "what"),
    "terms.unit": ("单位", "unit"),
    "terms.points": ("分值", "points"),
    "merchants.name": ("店名", "name"),
    "money_in.number": ("银行单号", "bank slip"),
    "money_in.day": ("日期", "day"),
    "money_in.donor": ("谁给的", "from"),
    "money_in.money": ("金额", "amount"),
    "attendance.name": ("姓名", "name"),
    "attendance.in_at": ("到", "in"),
    "forbidden.id_number": ("身份证号", "id numbers"),
    "forbidden.phone_number": ("电话号码（只要写有没有手机）", "phone numbers (only whether there is one)"),
    "forbidden.bank_number": ("银行账号", "bank numbers"),
    "forbidden.politics": ("政治面貌", "politics"),
    "forbidden.belief": ("宗教信仰", "belief"),
    "forbidden.people": ("民族", "ethnic groups"),
    "forbidden.health": ("健康情况", "health"),
    "forbidden.money_troubles": ("低保、欠款、征信", "debts and poverty"),
    "forbidden.law": ("违法、信访记录", "records of police, courts or petitions"),
    "role.organiser": ("组织者", "organiser"),
    "role.reviewer": ("审核员", "reviewer"),
    "role.clerk": ("文书", "clerk"),
    "role.treasurer": ("出纳", "treasurer"),
    "role.supervisor": ("监督员", "supervisor"),
    "role.auditor": ("查账员", "auditor"),
}
