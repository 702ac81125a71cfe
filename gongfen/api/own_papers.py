"""One's own lines as people read them, searched and by month; and what one takes away on paper."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongfen.api.ground import After, CallerRequest, Id, Limit, Money, Page, Points, answers, language, resident_only
from gongfen.ledger.queries import LAST
from gongfen.standing.proofs import NoSuchProof, code_of, proofs_of
from gongfen.statements import papers, sharing, standing, village_papers
from gongfen.statements.residents import Line, end_of_month, my_lines
from gongfen.town import clock
from gongfen.words import here

router = Router(tags=["papers"], auth=resident_only)
PDF = {"responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}}
Month = Annotated[str, Query(pattern=r"^(20[0-9]{2}-(0[1-9]|1[0-2]))?$", description="2026-11")]
Words = Annotated[str, Query(max_length=40, pattern=r"^[^\x00-\x1f]*$", description="looked for in what is told")]
A_LOOK = 1_000  # acts that one search goes through before it answers with where to go on


class OwnLine(Schema):
    """One act: what came in or went out (hundredths, with their sign), by which rule, and who said yes."""

    id: Id
    number: int
    at: datetime
    told: str
    points: Points
    money: Money
    proof: str = Field(description="how it is known; empty where nothing was earned")
    rule: str
    approver: str
    claim: Id | None = Field(description="opens the participation behind it")


@router.get("/me/lines", response=answers(Page[OwnLine]))
def lines(
    request: CallerRequest, month: Month = "", q: Words = "", after: After = None, limit: Limit = 50
) -> dict[str, Any]:
    """One's own lines, newest first; of a month, or with these words."""
    resident, lang = request.auth.resident, language(request)
    before, found = after or (end_of_month(resident.town, _first(month)) if month else LAST), list[Line]()
    for _ in range(A_LOOK // 200):
        looked = my_lines(resident, lang, before=before, limit=200)
        found += [line for line in looked if _fits(line, month, q)]
        if len(found) > limit or len(looked) < 200 or f"{here(looked[-1].at):%Y-%m}" < month:
            before = 0
            break
        before = looked[-1].act
    more = found[limit - 1].act if len(found) > limit else before
    return {"items": [_out(line) for line in found[:limit]], "next": str(more) if more else None}


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _fits(line: Line, month: str, words: str) -> bool:
    if month and f"{here(line.at):%Y-%m}" != month:
        return False
    return words.strip().lower() in f"{line.told} {line.rule} {line.approver}".lower()


def _out(line: Line) -> dict[str, object]:
    same = ("number", "at", "told", "points", "money", "proof", "rule", "approver")
    return {name: getattr(line, name) for name in same} | {"id": line.act, "claim": line.claim or None}


@router.get("/me/papers/statement", response=answers(None), openapi_extra=PDF)
def statement_paper(
    request: CallerRequest, month: Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
) -> HttpResponse:
    """A month's statement on A4."""
    return _paper(papers.statement_pdf(request.auth.resident, _first(month), language(request), clock.now()))


@router.get("/me/papers/book", response=answers(None), openapi_extra=PDF)
def book_paper(request: CallerRequest) -> HttpResponse:
    """The work-point book."""
    return _paper(village_papers.book_pdf(request.auth.resident, language(request), clock.now()))


@router.get("/me/papers/dividend", response=answers(None), openapi_extra=PDF)
def dividend_paper(request: CallerRequest) -> HttpResponse:
    """One's dividend slips, every step of the sum."""
    return _paper(sharing.slip_pdf(request.auth.resident, language(request), clock.now()))


@router.get("/me/papers/proofs/{proof}", response=answers(None), openapi_extra=PDF)
def proof_paper(request: CallerRequest, proof: Id) -> HttpResponse:
    """One of one's own valid proofs, with the address where anyone checks it."""
    resident = request.auth.resident
    found = next((one for one in proofs_of(resident, clock.now()) if one.id == proof), None)
    if found is None:
        raise NoSuchProof()
    address = request.build_absolute_uri(f"/proof/{code_of(found)}")
    return _paper(standing.proof_pdf(resident, found, address, language(request)))


def _paper(pdf: bytes) -> HttpResponse:
    shown = HttpResponse(pdf, content_type="application/pdf")
    shown["Cache-Control"] = "private, no-store"
    return shown
