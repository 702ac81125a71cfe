"""What the ledger, the people's floor and the fund say no with: what is wrong, and what may be done."""

REFUSALS: dict[str, tuple[str, str]] = {
    # posting
    "unknown_account": (
        "没有这个账户，什么都没有动。请核对是谁、哪个乡镇",
        "There is no such account in this town; nothing moved. Please check whose it is",
    ),
    "wrong_unit": (
        "工分和钱不能直接互转，什么都没有动。工分要先兑换",
        "Points and money do not mix in one move; nothing moved. Redeem points first",
    ),
    "bad_amount": (
        "数目不对：{amount}。要大于零，也不能大得离谱；什么都没有动",
        "{amount} is no amount: it must be more than nothing and not beyond all measure; nothing moved",
    ),
    "same_account": (
        "转出和转入是同一个账户，什么都没有动",
        "Both sides are the same account; nothing moved",
    ),
    "insufficient_balance": ("余额不够，什么都没有动", "There is not enough on the account; nothing moved"),
    "too_many_moves": (
        "一笔记录里的转账太多（最多 512 笔），请分开办",
        "Too many moves for one act (512 at most); please split it",
    ),
    # acts
    "act_conflict": (
        "这个单号已经办过另一件事，这次没有办。请刷新后重新操作",
        "This key was used for something else before; nothing was done. Please reload and try again",
    ),
    "bad_key": (
        "单号不对：最多 120 个字，不能有看不见的字符",
        "This key will not do: at most 120 letters, and none that cannot be seen",
    ),
    "not_yet_happened": (
        "时间写的是将来（{happened_at:moment}），还没发生的事不能记",
        "This lies in the future ({happened_at:moment}); what has not happened cannot be written down",
    ),
    "unknown_town": ("没有这个乡镇，或者还没有建账", "There is no such town, or it was never founded"),
    "changed_meanwhile": (
        "刚刚有人先改过了，这次没有办。请刷新看看现在的情况",
        "Somebody was first; nothing was done. Please reload and look again",
    ),
    # holds and reversals
    "hold_not_open": (
        "这笔预留已经付掉、退还或过期，不能再动",
        "This hold was captured, released or has expired; it cannot be used again",
    ),
    "hold_too_small": (
        "要付的比预留的多，预留的只有 {held:money}",
        "More is asked for than is held; held is {held:money}",
    ),
    "reversed_already": (
        "这笔记录已经更正过，剩下的不够再更正",
        "This act was reversed already; not that much of it is left",
    ),
    "nothing_to_reverse": (
        "这笔记录没有动过工分或钱，没有可更正的",
        "This act moved nothing, or is a reversal itself: there is nothing to reverse",
    ),
    # the machine
    "too_busy": (
        "现在办事的人太多，这次没有办。请稍等再试",
        "Too much is waiting; nothing was done. Please try again soon",
    ),
    "closing": (
        "系统正在重启，这次没有办。请稍等再试",
        "The server is restarting; nothing was done. Please try again soon",
    ),
    "disk_full": (
        "电脑的磁盘满了，这次没有办，以前的记录都在。请管理员腾出空间",
        "The disk is full; nothing was done and nothing is lost. Please have somebody make room on it",
    ),
    "no_node_free": (
        "同时运行的程序太多，没有空的编号。关掉几个，五分钟后再试",
        "Too many programs run at once: no node number is free. Stop some and try again in five minutes",
    ),
    "lease_lost": (
        "编号 {node} 被另一个程序占用了，本程序必须停下重开",
        "Another program took node number {node}; this one must stop and start again",
    ),
    # people
    "town_exists": ("编号 {code} 已经有一个乡镇了", "There is a town with the code {code} already"),
    "unknown_guardian": (
        "{household} 户的{name}不能做监护人：要写这一户里一位成年人",
        "{name} of household {household} cannot be a guardian: name a grown resident of that household",
    ),
    "needs_two_people": (
        "这件事要两个人办，两人来自不同的家，也不能为自己办",
        "This needs two people of two households, and nobody for themselves",
    ),
    "not_your_role": ("您没有办这件事的职责", "You have not the role that this needs"),
    "unknown_purpose": ("没有这一项同意书", "There is no such purpose to consent to"),
    "wrong_join_code": (
        "加入码不对、用过了或者过期了。请到村里再打印一张",
        "This join code is wrong, was used, or is too old. Please have the village desk print a new one",
    ),
    "no_such_request": ("这份申请已经答复过，或者没有这份申请", "This request was answered already, or there is none"),
    "many_requests": (
        "村里等着办的申请太多，请过几天再来，或者直接找文书",
        "The village has many requests waiting; please come again in some days or ask the clerk",
    ),
    "too_young": (
        "不满 14 岁没有账户，份子由监护人代收",
        "Under 14 there is no account; the guardian receives the share",
    ),
    "name_taken": (
        "这个登录名已经有人用了，请换一个",
        "Somebody signs in with this name already: please choose another",
    ),
    "weak_password": (
        "密码太容易猜：至少 10 个字，不要只用数字，也不要用常见的",
        "This password is easy to guess: at least 10 letters, not digits alone, not a common one",
    ),
    "account_there": ("您已经有登录账号了", "You have an account at the desk already"),
    # fund
    "slip_known": (
        "银行回单 {number} 已经登记过，内容却不一样。请核对回单",
        "The bank slip {number} was recorded before, with something else on it. Please check it",
    ),
    "no_such_slip": ("没有等着批的这张回单", "There is no such slip waiting"),
    "fund_short": (
        "基金不够，还差{missing:money}，什么都没有动",
        "The fund is short of {missing:money}; nothing moved",
    ),
}  # fmt: skip
