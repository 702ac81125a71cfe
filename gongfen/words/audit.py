"""What an audit says about the books: each difference in plain words, Chinese and English."""

from collections.abc import Mapping
from typing import Any

from gongfen.words import fill

DIFFERENCES: dict[str, tuple[str, str]] = {
    "head_missing": ("这个乡镇没有序号头，账本不完整", "The town has no number line: its books are not whole"),
    "head_went_back": (
        "序号头退回了：上次查到第 {expected} 号，现在只到第 {found} 号",
        "The numbers went back: the last audit saw number {expected}, now they end at {found}",
    ),
    "guard_missing": ("只增不改的保护没有了：{guard}", "A guard of append-only tables is gone: {guard}"),
    "day_sums_ahead": (
        "每日合计写到了第 {number} 号，序号头却只到第 {last} 号",
        "The sums by day go up to number {number}, the head says {last}",
    ),
    "day_sums_differ": (
        "每日合计（{what}）和转账不一样：应是 {expected}，写的是 {found}",
        "The sums by day ({what}) differ from the transfers: should be {expected}, say {found}",
    ),
    "numbers_gap": (
        "第 {after} 号后面直接是第 {next} 号，中间缺了记录",
        "After number {after} comes number {next}: acts between them are missing",
    ),
    "acts_missing": (
        "记录只到第 {after} 号，序号头写的是第 {last} 号",
        "The acts end at number {after}, the head says {last}",
    ),
    "act_beyond_head": (
        "有第 {number} 号记录，序号头却只到第 {last} 号",
        "There is an act number {number}, but the head ends at {last}",
    ),
    "transfer_amount": (
        "第 {number} 号的一笔转账数目不对",
        "A transfer of number {number} has an amount that cannot be",
    ),
    "transfer_one_account": (
        "第 {number} 号的一笔转账两边是同一个账户",
        "A transfer of number {number} has the same account on both sides",
    ),
    "transfer_units": (
        "第 {number} 号的一笔转账把工分和钱混在一起",
        "A transfer of number {number} mixes points and money",
    ),
    "transfer_out_of_place": (
        "第 {number} 号的一笔转账不在它的位置上",
        "A transfer of number {number} does not stand at its place",
    ),
    "transfer_without_act": (
        "一笔转账写着第 {number} 号，却没有这个记录",
        "A transfer says number {number}, but there is no such act",
    ),
    "line_missing": (
        "第 {number} 号缺了第 {line} 行前面的转账",
        "Number {number} lacks a transfer before its line {line}",
    ),
    "chain_broken": (
        "第 {number} 号第 {line} 行，账户 {account}（{kind}）：应是 {expected}，写的是 {found}",
        "Number {number}, line {line}, account {account} ({kind}): should be {expected}, says {found}",
    ),
    "chain_begins": (
        "账户 {account}（{kind}）接不上：前面是 {expected}，后面从 {found} 开始",
        "Account {account} ({kind}) does not join on: it had {expected}, and goes on from {found}",
    ),
    "account_unknown": (
        "账户 {account}（{kind}）有转账，却没有这个账户",
        "Account {account} ({kind}) has transfers, but is not there",
    ),
    "accounts_vanished": (
        "少了账户：上次有 {expected} 个，现在 {found} 个",
        "Accounts are gone: there were {expected}, now {found}",
    ),
    "balance_differs": (
        "账户 {account}（{kind}）：按转账应有 {expected}，写的是 {found}",
        "Account {account} ({kind}): {expected} by its transfers, but it says {found}",
    ),
    "account_misnamed": (
        "账户 {account}（{kind}）的编号和主人、用途对不上",
        "Account {account} ({kind}) is not what its id says",
    ),
    "floor_wrong": (
        "账户 {account}（{kind}）的下限被改过",
        "The floor of account {account} ({kind}) is not its kind's",
    ),
    "floor_broken": (
        "账户 {account}（{kind}）低于下限：{balance}",
        "Account {account} ({kind}) is below its floor: {balance}",
    ),
    "budget_below_zero": (
        "活动备付 {account} 花超了：{balance}",
        "The budget {account} was spent further than it goes: {balance}",
    ),
    "unit_uneven": ("全部账户加起来不是零（{unit}）：{sum}", "All accounts together are not zero ({unit}): {sum}"),
    "backing_differs": (
        "兑换钱和在外工分对不上：应有 {expected}，实有 {found}",
        "The backing does not match the points outstanding: should be {expected}, is {found}",
    ),
    "holds_differ": (
        "预留的钱对不上：答应了 {expected}，放着 {found}",
        "What is held does not match: promised are {expected}, there is {found}",
    ),
    "close_differs": (
        "{period} 结账的数和现在的账对不上（第 {number} 号）",
        "What was closed for {period} is not what the books say now (number {number})",
    ),
    "reversed_too_far": (
        "第 {number} 号第 {line} 行更正过头：原来 {expected}，更正了 {found}",
        "Number {number}, line {line} was reversed too far: it was {expected}, reversed were {found}",
    ),
}


def difference(code: str, facts: Mapping[str, object], lang: str) -> str:
    """One difference as a person reads it. Amounts are whole hundredths, as the books have them."""
    pair = DIFFERENCES.get(code, ("{code}", "{code}"))
    told: dict[str, Any] = {"code": code, **facts}
    return fill(pair[0 if lang == "zh" else 1], lang, **told)
