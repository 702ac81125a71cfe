"""Dividend slips: every step of the sum, so that a person can follow it with a pencil. Three on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongfen.prints.labels import EDGE, say
from gongfen.prints.paper import GREEN, LINE, PERSIMMON, QUIET, Paper
from gongfen.rules.dividend import Unit
from gongfen.rules.dividend_slip import Step
from gongfen.words import money, points

HIGH = 990  # a third of an A4 page


@dataclass(frozen=True)
class Slip:
    """One resident's share of a run. `number` is the random slip number of the public file."""

    village: str
    run: str
    name: str
    household: str
    number: str
    steps: Sequence[Step]
    payout: int
    complain_to: str
    for_child: str = ""
    lang: str = "zh"


def slips(many: Sequence[Slip], printed_at: datetime) -> bytes:
    """Three slips on an A4 page, to be cut apart."""
    paper = Paper("分红条", printed_at)
    for place, one in enumerate(many):
        if place % 3 == 0:
            paper.page()
        top = place % 3 * HIGH
        if top:
            paper.line(0, top, paper.width, top, colour=LINE)
        _draw(paper, top, one)
    return paper.bytes()


def step_words(step: Step, lang: str, unit: int = 100) -> tuple[str, str]:
    """One step of the sum: what is reckoned, and what it comes to. `unit`: the smallest sum paid, a fen or a yuan."""
    numbers = step.numbers
    if step.name in ("by_heads", "by_points"):
        return _by(step, lang, unit)
    if step.name == "rounding":
        return _rounding(step, lang, unit)
    names = {
        "pool": ("分红总额", "Pool"),
        "line_cost": ("减去 成本", "less costs"),
        "line_reserve": ("减去 公积金", "less reserve"),
        "line_welfare": ("减去 公益金", "less welfare"),
        "rest": ("不到一个单位，留给下次", "less than one unit, kept for the next time"),
        "shared": ("大家来分的", "To be shared"),
        "share": ("您这一份", "Your share"),
        "advance": ("减去 已预支", "less paid in advance"),
        "payout": ("到账", "Paid"),
    }
    label = say(lang, *names[step.name]) if step.name in names else step.name
    if numbers.get("percent"):
        label += f" {numbers['percent']}%"
    if numbers.get("forgiven"):
        forgiven = money(int(numbers["forgiven"]))
        label += say(lang, f"（多支的 {forgiven} 不用还）", f" ({forgiven} need not be paid back)")
    return label, money(int(numbers["money"]))


def _by(step: Step, lang: str, unit: int) -> tuple[str, str]:
    numbers = step.numbers
    if step.name == "by_heads":
        told = say(
            lang,
            f"按人分 {numbers['percent']}%：{numbers['part']} × {numbers['heads']} 人 ÷ 全村 {numbers['all_heads']} 人",
            f"by heads {numbers['percent']}%: {numbers['part']} × {numbers['heads']} ÷ {numbers['all_heads']} heads",
        )
    else:
        own, every = points(int(numbers["points"])), points(int(numbers["all_points"]))
        told = say(
            lang,
            f"按工分 {numbers['percent']}%：{numbers['part']} × {own} 工分 ÷ 全村 {every} 工分",
            f"by points {numbers['percent']}%: {numbers['part']} × {own} ÷ {every} points",
        )
    return told, f"{numbers['due']} {_unit(unit, lang)}"


def _rounding(step: Step, lang: str, unit: int) -> tuple[str, str]:
    numbers = step.numbers
    extra = int(numbers["extra"])
    ending = say(lang, "零头大，进 1", "large remainder: 1 more") if extra else say(lang, "零头舍去", "remainder left")
    return (
        say(
            lang,
            f"合计 {numbers['due']}，取整 {numbers['part']}，零头 {numbers['remainder']}（{ending}）",
            f"together {numbers['due']}: whole {numbers['part']}, remainder {numbers['remainder']} ({ending})",
        ),
        f"{int(numbers['part']) + extra} {_unit(unit, lang)}",
    )


def _unit(unit: int, lang: str) -> str:
    return say(lang, "元", "yuan") if unit == Unit.YUAN else say(lang, "分钱", "fen")


def _draw(paper: Paper, top: int, one: Slip) -> None:
    lang, inner = one.lang, paper.width - 2 * EDGE
    y = top + 70
    paper.text(EDGE, y, f"{one.village} · {one.run}", 14, bold=True, colour=GREEN, width=inner - 500)
    paper.text(EDGE, y, say(lang, f"条号 {one.number}", f"slip {one.number}"), 11, width=inner, side="R")
    y += 95
    who = one.name + (say(lang, f"（代 {one.for_child} 收）", f" (for {one.for_child})") if one.for_child else "")
    paper.text(EDGE, y, who, 17, bold=True, width=900)
    paper.text(
        EDGE,
        y + 15,
        say(lang, f"第 {one.household} 户", f"household {one.household}"),
        11,
        colour=QUIET,
        width=inner,
        side="R",
    )
    y += 110
    paper.line(EDGE, y, paper.width - EDGE, y)
    y += 15
    unit = next((int(step.numbers["unit"]) for step in one.steps if "unit" in step.numbers), int(Unit.FEN))
    for step in one.steps:
        label, value = step_words(step, lang, unit)
        last = step.name == "payout"
        size = 13 if last else 10
        paper.text(EDGE, y, label, size, bold=last, width=inner - 420)
        paper.text(EDGE, y, value, size, bold=last, colour=PERSIMMON if last else QUIET, width=inner, side="R")
        y += 56
    words = say(
        lang,
        f"全村的条都在公开文件里（只有条号，没有名字），谁都能重算。不对请复查；投诉：{one.complain_to}",
        f"The public file has all slips, by number alone: anyone can reckon again. Complaints: {one.complain_to}",
    )
    paper.text(EDGE, top + HIGH - 80, words, 8, colour=QUIET, width=inner)
