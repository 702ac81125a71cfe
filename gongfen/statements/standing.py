"""Standing in words: each line, what it counts and why; who looked at one's data; proofs on paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongfen import prints
from gongfen.activities.kinds import all_kinds
from gongfen.people.looks import Seen
from gongfen.people.models import Resident
from gongfen.rules.standing import Standing
from gongfen.standing.models import Proof
from gongfen.statements.outside import complain_to
from gongfen.statements.residents import in_words
from gongfen.words import here
from gongfen.words.statements import BECAUSE, GRADES, LOOKED

Told = tuple[str, str]


@dataclass(frozen=True)
class StandingLine:
    """One deed: what, when, how proved, and what it counts."""

    number: int
    day: date
    kind: str
    proof: str
    minutes: int
    weight: int
    because: str


@dataclass(frozen=True)
class ToldStanding:
    """The number, hours and acts by kind, and every line."""

    value: int
    by_kind: list[tuple[str, int, int]]  # kind, acts and minutes of the last 12 months
    lines: list[StandingLine]


def tell_standing(resident: Resident, standing: Standing, lang: str) -> ToldStanding:
    """A standing as its owner reads it, newest line first."""
    lines = [
        StandingLine(
            line.deed.number,
            line.deed.day,
            kind_word(line.deed.kind, lang),
            in_words(GRADES, line.deed.grade, lang),
            line.minutes,
            line.weight,
            in_words(BECAUSE, line.because, lang) if line.because else "",
        )
        for line in reversed(standing.lines)
    ]
    by_kind = [(kind_word(kind, lang), tally.acts_12, tally.minutes_12) for kind, tally in standing.by_kind.items()]
    return ToldStanding(standing.value, by_kind, lines[:200])


def kind_word(kind: str, lang: str) -> str:
    """公益工, common work."""
    found = all_kinds().get(kind)
    return (found.en if lang == "en" else found.zh) if found else kind


def tell_proof_lines(lines: Iterable[Mapping[str, Any]], lang: str) -> list[tuple[str, str, str]]:
    """Day, what and how long of each line that the owner picked."""
    return [
        (
            str(line["day"]),
            f"{kind_word(line['kind'], lang)} · {in_words(GRADES, line['grade'], lang)}",
            _long(line, lang),
        )
        for line in lines
    ]


def proof_pdf(resident: Resident, proof: Proof, address: str, lang: str) -> bytes:
    """A proof on A4."""
    lines = [prints.ProofLine(f"{day} · {what}", long) for day, what, long in tell_proof_lines(proof.lines, lang)]
    return prints.proof(
        prints.Proof(
            village=resident.village.name,
            name=resident.name,
            purpose=proof.purpose,
            made_at=proof.made_at,
            ends=here(proof.expires_at).date(),
            number=str(proof.id),
            address=address,
            complain_to=complain_to(),
            lines=lines,
            lang=lang,
        )
    )


def tell_looks(looks: Sequence[Seen], lang: str) -> list[tuple[date, str, str]]:
    """Day, who and why."""
    nobody = "somebody who has left" if lang == "en" else "已离开的人"
    return [(look.day, look.called or nobody, in_words(LOOKED, look.why, lang)) for look in looks]


def _long(line: Mapping[str, Any], lang: str) -> str:
    hours, minutes = divmod(int(line["minutes"]), 60)
    if lang == "en":
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{hours} 小时 {minutes} 分钟" if minutes else f"{hours} 小时"
