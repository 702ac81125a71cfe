"""What people read when a shop, a card or a settlement says no: why, and what next."""

REFUSALS: dict[str, tuple[str, str]] = {
    "owns_a_shop": (
        "名下还有店：先把店转给别人，或者下架并结清货款，再办离开。",
        "There is a shop in this name: hand it over, or take it off the list and have it settled, before leaving.",
    ),
    # pay codes
    "pay_code_misread": (
        "付款码没读对。请重新扫一次，或者核对这 20 位数字再输。",
        "The pay code was not read right. Please scan it again, or check its 20 digits.",
    ),
    "pay_code_of_another_town": (
        "这是别的乡镇的付款码，这里不能用。请对方打开本镇的付款码。",
        "This pay code is of another town and does not pay here. Please ask for a code of this town.",
    ),
    "pay_code_not_valid": (
        "这个付款码用不了。请对方联网刷新一下，换一个新的付款码。",
        "This pay code does not pay. Please ask the payer to go online for a moment and show a new one.",
    ),
    "till_slowed": (
        "刚才试错了付款码，请等 {seconds} 秒再试。",
        "A wrong pay code was tried here. Please wait {seconds} seconds.",
    ),
    # sums and limits
    "sum_not_payable": (
        "金额不对：要大于零，最小到分。请重新输入。",
        "This sum cannot be paid: it must be more than nothing, in whole fen. Please type it again.",
    ),
    "too_little": (
        "可用金额和工分加起来不够付这笔。可以少买一点，或者和家里人一起付。",
        "Cash and points together do not reach. You may buy less, or pay together with your household.",
    ),
    "points_not_spendable": (
        "本镇的工分只用来分红，不能当钱付；可用金额又不够。请付现金。",
        "Here points count for the dividend alone, and the cash does not reach. Please pay in money.",
    ),
    "allowance_reached": (
        "超过了限额，这一期还能付 {left:money}。可以少付一点，或者过了这一期再付；限额可以在手机上看。",
        "This goes over the limit; {left:money} may still be paid. Pay less, or wait; the phone shows the limits.",
    ),
    "limit_not_possible": (
        "限额要是整分，最多 {limit:money}。请重新填。",
        "A limit is in whole fen, at most {limit:money}. Please type it again.",
    ),
    "unknown_resident": (
        "没有找到这位居民。请核对后再试。",
        "There is no such resident here. Please check and try again.",
    ),
    "payer_without_account": (
        "付款人没有账户（已经离开，或者未满 14 岁）。请家里人来付。",
        "The payer has no account (has left, or is under 14). Please let somebody of the household pay.",
    ),
    # shops and tills
    "unknown_shop": ("没有找到这家店。请核对后再试。", "There is no such shop here. Please check and try again."),
    "shop_not_listed": (
        "这家店现在不收工分。请到店家名单上的店去，或者付现金。",
        "This shop takes no points now. Please go to a shop on the list, or pay in money.",
    ),
    "day_closed": (
        "这家店今天已经日结。请店主在收款台上重新开今天的账，或者明天再来。",
        "The shop has closed its day. The owner may open it again at the till; or come back tomorrow.",
    ),
    "day_settled": (
        "这一天已经进入结算，不能再改。要退钱的话，请店里付现金。",
        "This day is in settlement and cannot change any more. A refund has to be made in money.",
    ),
    "day_not_ready": (
        "今天的账现在是“{state}”，不用再点一次。",
        "The day is “{state}” already; there is nothing to do.",
    ),
    "till_unknown": (
        "这个收款台没有登记，或者已经停用。请店主在自己手机上重新开一台。",
        "This till is unknown or was revoked. The owner can make a new one on the own phone.",
    ),
    "till_locked": (
        "这一步要店主先解锁。请店主在这台上输入密码。",
        "The owner must unlock this till first. Please let the owner type the PIN here.",
    ),
    "till_limit": (
        "这个收款台每笔最多收 {limit:money}。请到主收款台付。",
        "This till takes at most {limit:money} at a time. Please pay at the main till.",
    ),
    "owner_pin_wrong": ("店主密码不对，请再输一次。", "This is not the owner's PIN. Please try again."),
    "owner_pin_locked": (
        "密码错了五次，已锁住。请店主在自己手机上重设密码，或者请村里两位工作人员清掉旧密码。",
        "Five wrong PINs: locked. The owner chooses a new PIN on the own phone, or two at the desk clear it.",
    ),
    "pin_not_usable": (
        "密码要 6 位数字，不能全一样，也不能是连着的数。请换一个。",
        "A PIN is six digits, not all the same and not one after the other. Please choose another.",
    ),
    "shop_words_not_usable": (
        "“{what}”这一项填得不对，请改一改再交。",
        "“{what}” cannot be as it is. Please correct it and send again.",
    ),
    # cards
    "card_unknown": (
        "这张卡用不了：没有登记，或者已经换过新卡。请用新卡，或到村里问一问。",
        "This card does not work: unknown, or replaced. Please use the new one, or ask at the desk.",
    ),
    "card_pin_wrong": (
        "密码不对，还可以试 {left} 次。",
        "This is not the PIN; {left} tries are left.",
    ),
    "card_locked": (
        "密码错了五次，卡已锁住，钱和工分都在。请持卡人在收款台申请解锁，再请一位别的组的工作人员同意。",
        "Five wrong PINs: the card is locked, nothing is lost. Ask for the unlock at a till; then somebody at the "
        "desk who is of another group says yes.",
    ),
    "card_without_pin": (
        "这张卡还没有设密码。请持卡人自己在这台上设一个。",
        "This card has no PIN yet. Please let its holder choose one here.",
    ),
    "card_has_pin": (
        "这张卡已经有密码了。忘了密码请申请解锁。",
        "This card has a PIN already. If it is forgotten, ask for the unlock.",
    ),
    "cards_of_one_household": (
        "两张卡一起付，必须是同一户的两个人。请分开付。",
        "Two cards pay together only when they are of two people of one household. Please pay one by one.",
    ),
    "parts_do_not_add_up": (
        "两张卡各付多少，加起来要等于 {money:money}。请重新分一下。",
        "The parts of both cards must add up to {money:money}. Please split it again.",
    ),
    "staff_of_the_group": (
        "解锁要请别的组的工作人员同意。请换一位。",
        "The unlock needs somebody at the desk who is of another group. Please ask another.",
    ),
    # helpers and confirmations
    "unknown_helper": ("没有找到这位帮手。", "There is no such helper."),
    "helper_ended": (
        "代付已经停用或到期。请本人重新设一位帮手，或者本人来付。",
        "This help has ended. The resident can name a helper again, or pay in person.",
    ),
    "helper_limit": (
        "帮手今天还能代付 {left:money}。可以少付一点，或者请本人来付。",
        "The helper may still pay {left:money} today. Pay less, or let the resident pay.",
    ),
    "helper_not_possible": (
        "不能设这位帮手：要是另一位有账户的居民，最后一天在一年以内。",
        "This helper cannot be: it must be another resident with an account, for at most a year.",
    ),
    "unknown_confirmation": (
        "没有等您确认的这笔付款。请刷新看看。",
        "No such payment waits for you. Please reload.",
    ),
    "confirmation_over": (
        "这笔已经确认、拒绝或过期，没有再付一次。要付请重新扫码。",
        "This was confirmed, refused or has expired; nothing was paid again. To pay, scan anew.",
    ),
    # refunds
    "unknown_payment": (
        "本店没有这个序号的收款。请核对小票上的序号。",
        "This shop has no payment with this number. Please check the number on the receipt.",
    ),
    "refund_too_large": (
        "退多了：这笔最多还能退 {left:money}。",
        "That is too much: of this payment {left:money} can still be given back.",
    ),
    # two people, and settlements
    "shop_own_household": (
        "这件事和您自己家有关，要请别人来办。",
        "This concerns your own household; somebody else has to decide.",
    ),
    "unknown_asking": (
        "没有等着同意的这件事，可能已经办过了。请刷新看看。",
        "Nothing like this waits for a yes; it may be done already. Please reload.",
    ),
    "nothing_to_settle": (
        "现在没有要结算的：没有已经过去或日结、而且有收款的日子。",
        "There is nothing to settle: no past or closed day has money in it.",
    ),
    "unknown_settlement": (
        "没有这笔结算或打款。请刷新看看。",
        "There is no such settlement or payout. Please reload.",
    ),
    "not_ready_for_bank": (
        "还没有批准的打款，不能出银行文件。请先让监督批准。",
        "Nothing is approved yet, so there is no file for the bank. The supervisor approves first.",
    ),
    "no_bank_account": (
        "{shop}还没有填收款账号，文件没有出。请补上账号再出。",
        "{shop} has named no bank account; no file was made. Please add the account first.",
    ),
    "bank_file_broken": (
        "银行回单有 {count} 行读不懂，一行都没有入账。请按列出的行号改好再交。",
        "{count} lines of the statement cannot be read; nothing was applied. Please correct the lines that are listed.",
    ),
}

HOW = {
    "code": ("付款码", "pay code"),
    "sign": ("扫店家的牌子", "the shop's sign"),
    "card": ("卡和密码", "card and PIN"),
    "hand": ("手写小票", "a slip written by hand"),
}
DIFFERENCES = {
    "not_ours": ("银行说的这笔，我们没有", "the bank names a payout that we do not know"),
    "other_sum": ("金额对不上", "the sums differ"),
    "said_twice": ("同一笔说了两种结果", "the statement says two things about it"),
    "said_otherwise_before": ("和上次回单说的不一样", "an earlier statement said otherwise"),
    "not_in_statement": ("回单上没有，还在路上", "not in the statement: still under way"),
}


def settled_on_weekday(weekday: int) -> tuple[str, str]:
    """What stands under a sale: on which day's settlement it is."""
    names = ("一", "二", "三", "四", "五", "六", "日")
    english = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return f"星期{names[weekday]}结算", f"on {english[weekday]}'s settlement"
