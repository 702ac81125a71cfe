"""One resident's own lines: what came in and went out, with rule, evidence and approver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gongfen import words
from gongfen.activities.kinds.terms import Terms
from gongfen.activities.models import Activity, Claim, TermsVersion
from gongfen.dividends.models import Run
from gongfen.journal.models import Act
from gongfen.ledger.queries import LAST, Entry, acts_by_id, entries_of_acts, number_at, statement
from gongfen.people.models import Resident
from gongfen.people.queries import residents_by_subject
from gongfen.rules.notice import HOME
from gongfen.rules.places import place, transfer_place
from gongfen.shops.models import Merchant
from gongfen.statements.told import Meaning, Moved, meaning, told
from gongfen.town.models import Town
from gongfen.words.statements import GRADES, UNITS

A_PAGE = 30
MOST_ENTRIES_OF_AN_ACT = 4  # a resident's entries that one act makes on one account


@dataclass(frozen=True)
class Line:
    """One act as its resident reads it. `points` and `money` are the changes (hundredths), with their sign."""

    act: int
    number: int
    at: datetime
    name: str
    told: str
    points: int = 0
    money: int = 0
    grade: str = ""
    proof: str = ""
    rule: str = ""
    approver: str = ""
    claim: int = 0


@dataclass
class _Known:
    """Who and what the acts of a page name."""

    claims: dict[int, Claim]
    runs: dict[int, Run]
    shops: dict[int, Merchant]
    people: dict[int, Resident]


def my_lines(resident: Resident, lang: str, *, before: int = LAST, limit: int = A_PAGE) -> list[Line]:
    """The resident's lines, newest first, older than the act `before`."""
    town: Town = resident.town
    beyond = before if before == LAST else transfer_place(before, 0)
    entries: list[Entry] = []
    for account in (resident.points.account, resident.cash.account):
        entries += statement(town, account, before=beyond, limit=limit * MOST_ENTRIES_OF_AN_ACT)
    acts = sorted({entry.act for entry in entries}, reverse=True)[:limit]
    return _lines(town, resident, acts, lang)


def my_month(resident: Resident, first: date, lang: str) -> list[Line]:
    """The lines of a month, oldest first."""
    found: list[Line] = []
    before = end_of_month(resident.town, first)
    while page := my_lines(resident, lang, before=before, limit=200):
        found += [line for line in page if _month(line.at) == _month(first)]
        if _month(page[-1].at) < _month(first):
            break
        before = page[-1].act
    return found[::-1]


def end_of_month(town: Town, day: date) -> int:
    """The place before which a month's acts stand, so that one long ago is not looked for from today backwards."""
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return place(town.code, number_at(town, datetime.combine(after, time.min, HOME)) + 1)


def _month(when: date | datetime) -> tuple[int, int]:
    day = words.here(when) if isinstance(when, datetime) else when
    return day.year, day.month


def _lines(town: Town, resident: Resident, acts: Sequence[int], lang: str) -> list[Line]:
    moved = entries_of_acts(town, acts)
    meant = {act: meaning(moved[act], resident.subject) for act in acts}
    journal = acts_by_id(town, acts)
    known = _known(town, acts, meant)
    return [_line(journal[act], meant[act], moved[act], resident, known, lang) for act in acts]


def _sum(moved: Sequence[Moved], account: int) -> int:
    return sum(amount * ((target == account) - (source == account)) for source, target, amount in moved)


def _known(town: Town, acts: Sequence[int], meant: dict[int, Meaning]) -> _Known:
    others = {found.other for found in meant.values() if found.other}
    claims = Claim.of(town).filter(awarded_act__in=acts).select_related("activity", "terms")
    by_act = {claim.awarded_act: claim for claim in claims if claim.awarded_act}
    approvers = {claim.decided_by for claim in by_act.values() if claim.decided_by}
    return _Known(
        by_act,
        {run.subject: run for run in Run.of(town).filter(subject__in=others)},
        {shop.subject: shop for shop in Merchant.of(town).filter(subject__in=others)},
        residents_by_subject(town, others | approvers),
    )


def _line(act: Act, meant: Meaning, moved: Sequence[Moved], own: Resident, known: _Known, lang: str) -> Line:
    claim, shop = known.claims.get(act.id), known.shops.get(meant.other)
    what = title(claim.activity, lang) if claim else ""
    if run := known.runs.get(meant.other):
        what = f"Dividend {run.ends.year}" if lang == "en" else f"{run.ends.year} 年分红"
    other = known.people.get(meant.other)
    return Line(
        act=act.id,
        number=act.number,
        at=act.happened_at,
        name=meant.name,
        told=told(
            meant,
            lang,
            what=what or ("Work" if lang == "en" else "劳动"),
            who=other.called if other else ("a neighbour" if lang == "en" else "邻居"),
            shop=shop_name(shop, lang) if shop else ("the shop" if lang == "en" else "店家"),
        ),
        points=_sum(moved, own.points.account),
        money=_sum(moved, own.cash.account),
        grade=claim.grade if claim else "",
        proof=in_words(GRADES, claim.grade, lang) if claim else "",
        rule=rule(claim.terms, lang) if claim else "",
        approver=_approver(claim, known, lang) if claim else "",
        claim=claim.id if claim else 0,
    )


def title(activity: Activity, lang: str) -> str:
    """The activity's name in the reader's language, where it has one."""
    return (activity.title_en if lang == "en" else "") or activity.title


def shop_name(shop: Merchant, lang: str) -> str:
    """The shop's name in the reader's language, where it has one."""
    return (shop.name_en if lang == "en" else "") or shop.name


def rule(terms: TermsVersion | Terms, lang: str) -> str:
    """1 小时 1 工分."""
    unit, worth = in_words(UNITS, terms.unit, lang), words.points(terms.points)
    if lang == "en":
        return f"{worth} point{'' if terms.points == 100 else 's'} {unit}"
    return f"{unit} {worth} 工分"


def in_words(book: Mapping[str, tuple[str, str]], name: str, lang: str) -> str:
    """A word of a small book, in the reader's language."""
    pair = book.get(name)
    return pair[words.LANGUAGES.index(lang)] if pair else name


def _approver(claim: Claim, known: _Known, lang: str) -> str:
    found = known.people.get(claim.decided_by) if claim.decided_by else None
    if found is not None:
        return found.called
    return "the activity's publisher and approver" if lang == "en" else "活动的发布人和批准人"
