"""The resident's own pages: what one has, what waits, every line of the account, and paying."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from gongfen.activities.appeals import appeal
from gongfen.activities.objections import object_to
from gongfen.activities.queries import reversals_asked
from gongfen.ledger.queries import LAST, balances_of
from gongfen.pages.ground import back_to, keep_cookie, on_post, page, reader_of, signed_in
from gongfen.rules.refusals import Refusal
from gongfen.shops.confirming import confirm, refuse, waiting_for
from gongfen.statements.claims import my_claims, on_its_way
from gongfen.statements.papers import statement_csv, statement_pdf
from gongfen.statements.public import on_now
from gongfen.statements.residents import A_PAGE, my_lines
from gongfen.statements.village_papers import book_pdf
from gongfen.statements.years import the_year, year_pdf
from gongfen.words import here

HIDE = "gongfen_hide"


@signed_in
def mine(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """The resident's home."""
    reader = reader_of(request)
    me, town = reader.known.resident, reader.in_town
    has = balances_of(town, [me.points, me.cash])
    claims = my_claims(me, reader.lang, reader.now)
    village = me.village
    village.town = town
    return page(
        request,
        "me.html",
        refusal=no,
        points=has[me.points],
        cash=has[me.cash],
        worth=has[me.points] * town.par + has[me.cash],
        coming=on_its_way(claims),
        claims=claims,
        lines=my_lines(me, reader.lang, limit=5),
        confirmations=waiting_for(reader.known, now=reader.now),
        corrections=reversals_asked(me),
        on=on_now(village, reader.lang, reader.now)[:3],
        hidden=request.COOKIES.get(HIDE) == "1",
    )


@signed_in
@on_post
def hide(request: HttpRequest) -> HttpResponse:
    """Show or hide the numbers on this device."""
    response = back_to(request, "/me")
    keep_cookie(response, HIDE, "0" if request.COOKIES.get(HIDE) == "1" else "1")
    return response


@signed_in
def statement(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """Every line, newest first, with rule, evidence and approver, and 请复查."""
    reader = reader_of(request)
    wish = request.GET.get("before", "")
    before = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 19 else LAST
    lines = my_lines(reader.known.resident, reader.lang, before=before, limit=A_PAGE + 1)
    more = lines[A_PAGE - 1].act if len(lines) > A_PAGE else 0
    month = here(reader.now)
    return page(
        request, "statement.html", refusal=no, lines=lines[:A_PAGE], more=more, month=f"{month:%Y-%m}", year=month.year
    )


@signed_in
def statement_file(request: HttpRequest, month: str, kind: str) -> HttpResponse:
    """A month's statement to keep: paper or table."""
    reader = reader_of(request)
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return back_to(request, "/me/statement")
    if kind == "csv":
        answer = HttpResponse(statement_csv(reader.known.resident, first, reader.lang), "text/csv; charset=utf-8")
    else:
        answer = HttpResponse(statement_pdf(reader.known.resident, first, reader.lang, reader.now), "application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="gongfen-{month}.{kind}"'
    return answer


@signed_in
@on_post
def look_again(request: HttpRequest, claim: int) -> HttpResponse:
    """请复查: an appeal where the answer was no, an objection where the line itself is wrong."""
    reader = reader_of(request)
    said = request.POST.get("said", "")
    try:
        if request.POST.get("how") == "appeal":
            appeal(reader.known.resident, claim, said, now=reader.now)
        else:
            object_to(reader.known.resident, claim, said, now=reader.now)
    except Refusal as no:
        shown = mine if request.POST.get("how") == "appeal" else statement
        return shown(request, no=no)
    return back_to(request, "/me", said="appealed")


@signed_in
@on_post
def confirmation(request: HttpRequest, row: int) -> HttpResponse:
    """Yes or no to a payment that waits for its phone."""
    reader = reader_of(request)
    try:
        (confirm if request.POST.get("answer") == "yes" else refuse)(reader.known, row, now=reader.now)
    except Refusal as no:
        return mine(request, no=no)
    return back_to(request, "/me", said="paid" if request.POST.get("answer") == "yes" else "not_paid")


@signed_in
def year(request: HttpRequest, year: int) -> HttpResponse:
    """One's year: one id followed from the sign-in to the dividend line."""
    reader = reader_of(request)
    told = the_year(reader.known.resident, min(year, 9_998), reader.lang)
    return page(request, "year.html", year=told)


@signed_in
def year_file(request: HttpRequest, year: int) -> HttpResponse:
    """The year on paper."""
    reader = reader_of(request)
    return HttpResponse(year_pdf(reader.known.resident, min(year, 9_998), reader.lang, reader.now), "application/pdf")


@signed_in
def book(request: HttpRequest) -> HttpResponse:
    """The work-point book, to print."""
    reader = reader_of(request)
    return HttpResponse(book_pdf(reader.known.resident, reader.lang, reader.now), "application/pdf")
