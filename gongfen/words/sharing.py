"""What is said about the dividend: why not, what a step is called, and each line of a slip."""

REFUSALS: dict[str, tuple[str, str]] = {
    "bad_plan": (
        "分红方案这一项不对：{part}。请改好再试",
        "This part of the plan is not right: {part}. Please correct it and try again",
    ),
    "lines_over_pool": (
        "成本、公积金、公益金合起来 {lines:money}，超过了分红总额 {pool:money}",
        "Costs, reserve and welfare together are {lines:money}, more than the pool of {pool:money}",
    ),
    "no_one_with_points": (
        "这段时间还没有人得工分，没法按工分分。可以改成全部按人分",
        "Nobody earned points in this period, so nothing can be shared by points. It can be shared by heads alone",
    ),
    "no_one_counts_as_head": (
        "按人分的名单上还没有人。请先表决名单，或改成全部按工分分",
        "Nobody is on the list of heads yet. Vote the list first, or share by points alone",
    ),
    "nothing_to_guess_by": (
        "这几个数字算不出范围，请检查一下",
        "No range can be made of these numbers; please look again",
    ),
    "no_dividend_yet": (
        "今年的分红还没有方案，暂时算不出",
        "There is no plan for a dividend yet, so nothing to guess by",
    ),
    "broken_dividend_file": (
        "文件第 {line} 行读不懂，请重新下载公示文件",
        "Line {line} of the file cannot be read; please download the public file again",
    ),
    "run_no_guardian": (
        "名单上有 {children} 个孩子，家里没有能代领的大人。请先写明监护人",
        "{children} children on the list have nobody grown at home to receive for them. Please name a guardian first",
    ),
    "run_wrong_state": (
        "这一步现在还不能做，或者已经做过。请先看看这次分红到了哪一步",
        "This step is not due yet, or was done already. Please look where the run stands",
    ),
    "run_confirmed_already": (
        "这次分红已经由两个人确认，不用再确认",
        "Two people have confirmed this run; nothing more is needed",
    ),
    "run_changed": (
        "您看过之后又重新算过。请再看一遍新的结果，然后确认",
        "It was computed anew after you looked. Please look at the new sums, then confirm",
    ),
    "run_period_open": (
        "这段时间到 {ends:day} 才结束，结束后再算",
        "The period ends on {ends:day}; compute it after that",
    ),
    "pool_over_fund": (
        "基金里只有 {fund:money}，还差 {missing:money}。请先进账，或改小分红总额",
        "The fund has {fund:money}; {missing:money} is missing. Receive money first, or make the pool smaller",
    ),
    "run_notice_open": ("还在公示，到 {until:moment} 才能发", "It is on notice until {until:moment}; pay after that"),
    "run_notice_over": (
        "现在不在公示期，不能提异议。请找监督员",
        "It is not on notice now, so no objection can be made. Please turn to the supervisor",
    ),
    "run_objections_open": (
        "还有 {waiting} 条异议没有答复，答复了才能发",
        "{waiting} objections wait for an answer; nothing is paid before",
    ),
    "run_objected_already": (
        "您的异议已经收到，正在等答复",
        "Your objection was received and waits for its answer",
    ),
    "run_not_of_it": (
        "这个人不在这次分红里，或者已经离开",
        "This person does not belong to this run, or has left",
    ),
    "share_not_held": (
        "领这一份的人还在村里，轮到时直接到账，不用另外打款",
        "Who receives this share is here: it comes into the account when its turn comes",
    ),
    "share_paid_already": ("这一份已经发过了，不会再发", "This share was paid and is not paid again"),
    "run_shares_unpaid": (
        "还有 {unpaid} 份没有发，发完才能结束",
        "{unpaid} shares are unpaid; the run can close after them",
    ),
    "advance_over_pool": (
        "预支合起来会超过分红总额，最多还能预支 {left:money}",
        "All advances together would be more than the pool; at most {left:money} is left",
    ),
    "no_such_run": ("没有这次分红，或者是别的村的", "There is no such run, or it is another village's"),
    "run_not_public_yet": (
        "这次分红还没有试算、公示，先走那一步",
        "This run was not computed and shown yet: that step comes first",
    ),
    "advance_decided_already": ("这笔预支已经定过了", "This advance was decided already"),
}

STATES: dict[str, tuple[str, str]] = {
    "draft": ("草案", "draft"),
    "simulated": ("已试算", "computed"),
    "confirmed": ("已确认", "confirmed"),
    "in_notice": ("公示中", "on notice"),
    "paying": ("发放中", "being paid"),
    "closed": ("已结束", "closed"),
}

STEPS: dict[str, tuple[str, str]] = {
    "pool": ("分红总额 {money:money}", "Pool {money:money}"),
    "line_cost": ("减成本 {money:money}", "less costs {money:money}"),
    "line_reserve": ("减公积金 {percent}% {money:money}", "less reserve {percent} % {money:money}"),
    "line_welfare": ("减公益金 {percent}% {money:money}", "less welfare {percent} % {money:money}"),
    "rest": ("不够一个单位的零头留在基金 {money:money}", "less than one unit, stays in the fund {money:money}"),
    "shared": ("可分 {money:money}", "To share {money:money}"),
    "by_heads": (
        "按人分 {percent}%：{part} × {heads} ÷ {all_heads} 人 = {due}",
        "By heads, {percent} %: {part} × {heads} ÷ {all_heads} heads = {due}",
    ),
    "by_points": (
        "按工分分 {percent}%：{part} × {points:points} ÷ {all_points:points} 工分 = {due}",
        "By points, {percent} %: {part} × {points:points} ÷ {all_points:points} points = {due}",
    ),
    "rounding": (
        "合计 {due}，先取整 {part}；余数 {remainder}，剩下的 {left_over} 个单位分给余数最大的，您得 {extra} 个",
        "Together {due}, whole {part}; remainder {remainder}; of {left_over} units left over you get {extra}",
    ),
    "share": ("您这一份 {money:money}", "Your share {money:money}"),
    "advance": (
        "减预支 {money:money}，其中免去 {forgiven:money}",
        "less paid early {money:money}, of which forgiven {forgiven:money}",
    ),
    "payout": ("到账 {money:money}", "Paid {money:money}"),
}

UNITS: dict[int, tuple[str, str]] = {100: ("分", "fen"), 10_000: ("元", "yuan")}

CALCULATOR = (
    "大约在 {least:yuan} 到 {most:yuan} 之间。这只是估算，不是承诺：总额和工分都还会变",
    "Somewhere between {least:yuan} and {most:yuan}. This is a guess and no promise: pool and points still change",
)
