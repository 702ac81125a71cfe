"""`python -m gongfen.activities.kinds` writes docs/kinds.md from the kinds themselves."""

import sys
from collections.abc import Iterator
from pathlib import Path

from gongfen.activities.kinds import all_kinds
from gongfen.activities.kinds.kind import PROOFS, TURNS, Example, Kind
from gongfen.activities.kinds.terms import UNITS, Terms, make_caps
from gongfen.rules.caps import Taken, trim

CAP_WORDS = {
    "each": ("每次", "each time"),
    "day": ("每天", "a day"),
    "month": ("每月", "a month"),
    "year": ("每年", "a year"),
}
HEAD = """# Kinds of activity · 活动类型

Made by `python -m gongfen.activities.kinds` from the files in `gongfen/activities/kinds/`: one file is one kind.
Points and minutes depend on the terms and the evidence alone; nothing here knows who took part.
The numbers are the usual terms of a new village; a village decides its own.
"""


def hundredths(points: int) -> str:
    """Points as people read them: 250 is 2.5."""
    whole, rest = divmod(points, 100)
    return str(whole) if rest == 0 else f"{whole}.{rest:02d}".rstrip("0")


def terms_line(kind: Kind, terms: Terms) -> str:
    """One line of the usual terms."""
    what = next(one for one in kind.whats if one.key == terms.what)
    unit_zh, unit_en = UNITS[terms.unit]
    caps = make_caps(terms.caps)
    zh = "，".join(f"{CAP_WORDS[cap][0]}最多 {hundredths(most)}" for cap, most in caps.items()) or "不封顶"
    en = ", ".join(f"at most {hundredths(most)} {CAP_WORDS[cap][1]}" for cap, most in caps.items()) or "no cap"
    unit, points = f"{unit_zh} · {unit_en}", hundredths(terms.points)
    return f"| {what.zh} · {what.en} | {points} | {unit} | {terms.minutes} | {zh} · {en} |"


def example_line(kind: Kind, example: Example) -> str:
    """One line of the examples, after the caps of its terms on a day when nothing was earned before."""
    points = trim(kind.points(example.terms, example.evidence), example.terms.caps, Taken())
    minutes = kind.minutes(example.terms, example.evidence)
    return f"| {example.zh} {example.en} | {hundredths(points)} | {minutes} |"


def page_of(kind: Kind) -> Iterator[str]:
    """The lines of one kind."""
    yield f"## {kind.zh} · {kind.en} (`{kind.key}`)\n"
    yield f"{kind.about_zh}\n\n{kind.about_en}\n"
    proof, turn = PROOFS[kind.proof], TURNS[kind.turn]
    yield f"核验 · proof: {proof[0]} · {proof[1]}. 次数 · how often: {turn[0]} · {turn[1]}.\n"
    yield "| 内容 · what | 工分 · points | 单位 · per | 分钟 · minutes | 封顶 · caps |\n|---|---|---|---|---|"
    yield from (terms_line(kind, terms) for terms in kind.usual)
    if kind.form:
        yield "\n| 表单 · form | 填什么 · asks for | 必填 · required |\n|---|---|---|"
        for field in kind.form:
            yield f"| {field.zh} · {field.en} | {field.asks} | {'是 · yes' if field.required else '否 · no'} |"
    yield "\n| 例子 · example | 工分 · points | 分钟 · minutes |\n|---|---|---|"
    yield from (example_line(kind, example) for example in kind.examples)
    yield ""


def page() -> str:
    """The whole of docs/kinds.md."""
    lines = [HEAD]
    for kind in all_kinds().values():
        lines.extend(page_of(kind))
    return "\n".join(lines)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[3] / "docs" / "kinds.md"
    target.write_text(page(), encoding="utf-8")
