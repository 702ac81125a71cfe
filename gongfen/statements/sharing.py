"""Dividend slips in words and on paper: every step of the sum."""

from dataclasses import dataclass
from datetime import datetime

from gongfen import prints
from gongfen.dividends.slips import Slip, slips_of
from gongfen.people.models import Resident
from gongfen.prints.slips import step_words
from gongfen.rules.dividend import Unit
from gongfen.statements.outside import complain_to


@dataclass(frozen=True)
class ToldSlip:
    """One slip: its run, its random number, and the sum step by step."""

    run: str
    number: str
    is_child: bool
    is_paid: bool
    payout: int
    steps: list[tuple[str, str]]


def tell_slips(resident: Resident, lang: str) -> list[ToldSlip]:
    """The resident's slips and those of their children, newest first."""
    return [
        ToldSlip(
            run_name(slip, lang), str(slip.slip), slip.is_child, slip.is_paid, slip.payout,
            [step_words(step, lang, _unit(slip)) for step in slip.steps],
        )
        for slip in slips_of(resident.town, resident)
    ]  # fmt: skip


def slip_pdf(resident: Resident, lang: str, now: datetime) -> bytes:
    """The resident's slips, three on a page."""
    own = [paper_slip(resident, slip, lang) for slip in slips_of(resident.town, resident)]
    return prints.slips(own, now)


def paper_slip(resident: Resident, slip: Slip, lang: str) -> prints.Slip:
    """One slip as it is printed."""
    child = "a child of yours" if lang == "en" else "您家的孩子"
    return prints.Slip(
        village=resident.village.name,
        run=run_name(slip, lang),
        name=resident.name,
        household=resident.household.number,
        number=str(slip.slip),
        steps=slip.steps,
        payout=slip.payout,
        complain_to=complain_to(),
        for_child=child if slip.is_child else "",
        lang=lang,
    )


def run_name(slip: Slip, lang: str) -> str:
    """2026 年分红."""
    return f"Dividend {slip.ends[:4]}" if lang == "en" else f"{slip.ends[:4]} 年分红"


def _unit(slip: Slip) -> int:
    return next((int(step.numbers["unit"]) for step in slip.steps if "unit" in step.numbers), int(Unit.FEN))
