"""The auditor's room: every account with its statement, every act, who stands behind it, the audit, and the bundle.

Everything here is read, and nothing changed; to audit now writes down that somebody did.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.console.asks import Ask, Typed
from gongfen.console.ground import NotForYou, Staff, desk, page
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.fund.closes import may_close
from gongfen.fund.queries import cover
from gongfen.journal.models import Act, act_at
from gongfen.ledger.audit import audit, last_audit
from gongfen.ledger.models import Account
from gongfen.ledger.queries import statement
from gongfen.people.models import Resident, Role
from gongfen.rules.places import number_of
from gongfen.rules.posting import Kind, Unit, address
from gongfen.rules.refusals import Refusal
from gongfen.statements.accounts import called, names_of
from gongfen.statements.bundle import write_bundle
from gongfen.statements.verify_bundle import NEEDS_TWO
from gongfen.town.models import Town
from gongfen.words import VILLAGE_TIME
from gongfen.words.audit import difference
from gongfen.words.verbs import VERBS, verb_words

View = Callable[..., HttpResponse]
ROOM = "/desk/books"
READERS = ("auditor", "supervisor", "treasurer")
TAKERS = ("auditor", "supervisor")  # who audits and takes the bundle: not who moves the money
# Accounts of residents are their own: here stands their sum, and the bundle has them without a name.
PERSONAL = (Kind.POINTS, Kind.CASH)
MOST_LINES = 200
LATELY = 5_000  # acts, whose verbs are offered to choose from


def books_page(*names: str) -> Callable[[View], View]:
    """A page of the town's books, for these roles; nothing of it for who has them in one of many villages."""

    def wrap(view: View) -> View:
        @desk(*names)
        @wraps(view)
        def inner(request: HttpRequest, staff: Staff, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(may_close(staff.resident, name) for name in names):
                return page(request, staff, "not_for_you.html", refusal=NotForYou(), status=403)
            return view(request, staff, *args, **kwargs)

        return inner

    return wrap


class NoSuchAccount(Refusal):
    """There is no such account, or it is a resident's own."""

    code = "no_such_account"


def _verbs(staff: Staff) -> list[tuple[str, str]]:
    lately = Act.of(staff.town).order_by("-id").values_list("verb", flat=True)[:LATELY]
    offered = [(verb, verb_words(verb)[staff.lang == "en"]) for verb in {*lately, *NEEDS_TWO}]
    return sorted(offered, key=lambda one: one[1])


def _called_so(wish: str) -> Q:
    """Acts that are called so, in either language."""
    return Q(verb__in=[verb for verb, pair in VERBS.items() if wish.lower() in " ".join(pair).lower()])


def _who(staff: Staff) -> list[tuple[str, str]]:
    """The staff there are and were, to choose from."""
    held = Role.of(staff.town).select_related("resident").order_by("resident__name")
    return list({str(role.resident.subject): role.resident.name for role in held}.items())


def _facts(act: Act) -> str:
    return " ".join(f"{name}={value}" for name, value in act.facts.items())


ACTS = Listing(
    "acts",
    "公开记录",
    "Acts",
    (
        Column("number", "序号", "Number", lambda act: act.number, "number", order="id"),
        Column("written", "什么时候", "When", lambda act: act.written_at, "moment", order="written_at"),
        Column("what", "事情", "What", lambda act: verb_words(act.verb), "words", order="verb"),
        Column("by", "谁", "By", lambda act: act.told_by),
        Column("about", "关于", "About", lambda act: str(act.about)),
        Column("facts", "内容", "Facts", _facts),
        Column("verb", "代号", "Verb", lambda act: act.verb),
        Column("key", "单号", "Key", lambda act: act.key, order="key"),
    ),
    texts=("key",),
    finds=_called_so,
    choices=(Choice("verb", "事情", "What", "verb", _verbs), Choice("by", "经手", "By", "by", _who)),
    keeps=("number", "since", "until"),
)
DAYS = (
    Ask("number", "序号", "Number", "number"), Ask("since", "从", "From", "day"), Ask("until", "到", "Until", "day"),
)  # fmt: skip


def _called(staff: Staff, subjects: set[int]) -> dict[int, str]:
    """Staff by name, since they answer for what they do; the town and its villages; everybody else is a number."""
    held = Role.of(staff.town).values_list("resident_id", flat=True)
    people = Resident.of(staff.town).filter(subject__in=subjects, id__in=held)
    found: dict[int, str] = dict(people.values_list("subject", "name"))
    found[staff.town.subject] = staff.town.name
    return found


@books_page(*READERS)
def books(request: HttpRequest, staff: Staff, *, told: dict[str, Any] | None = None) -> HttpResponse:
    """The accounts by what they are for, the last audit, and the ways to take the books away."""
    rows = Account.of(staff.town).exclude(kind__in=PERSONAL).order_by("kind", "id")
    names = names_of(staff.town, [row.address for row in rows], staff.lang)
    accounts = [
        {"id": row.id, "name": names[row.address], "balance": row.balance, "points": row.unit == Unit.POINTS}
        for row in rows
        if row.balance or row.kind not in (Kind.BUDGET, Kind.POOL)
    ]
    context: dict[str, Any] = {
        "accounts": accounts,
        "personal": _personal(staff.town, staff.lang),
        "cover": cover(staff.town),
        "last": last_audit(staff.town),
        "may_take": staff.has(*TAKERS),
        **(told or {}),
    }
    return page(request, staff, "books.html", **context)


def _personal(town: Town, lang: str) -> list[dict[str, Any]]:
    """What residents have together, and how many accounts that is."""
    found = []
    for kind in PERSONAL:
        balances = Account.of(town).filter(kind=kind).values_list("balance", flat=True)
        found.append(
            {"name": called(kind, lang), "balance": sum(balances), "count": len(balances),
             "points": kind.unit == Unit.POINTS}
        )  # fmt: skip
    return found


@books_page(*READERS)
def account(request: HttpRequest, staff: Staff, account: int) -> HttpResponse:
    """The statement of one account of the common money, newest first. A resident's own is nobody's to read."""
    found = Account.of(staff.town).filter(id=account).exclude(kind__in=PERSONAL).first()
    if found is None:
        return page(request, staff, "not_for_you.html", refusal=NoSuchAccount(), status=404)
    before = request.GET.get("before", "")
    fits = before.isascii() and before.isdecimal() and len(before) < 19
    entries = statement(staff.town, found.id, before=int(before) if fits else 1 << 62, limit=MOST_LINES + 1)
    others = names_of(staff.town, {address(entry.other) for entry in entries} | {found.address}, staff.lang)
    acts = Act.of(staff.town).in_bulk([entry.act for entry in entries])
    context: dict[str, Any] = {
        "name": others[found.address],
        "balance": found.balance,
        "points": found.unit == Unit.POINTS,
        "lines": [
            {"number": number_of(entry.act), "when": acts[entry.act].written_at,
             "what": verb_words(acts[entry.act].verb)[staff.lang == "en"],
             "other": others[address(entry.other)], "amount": entry.amount, "balance": entry.balance}
            for entry in entries[:MOST_LINES]
        ],
        "before": entries[MOST_LINES - 1].place if len(entries) > MOST_LINES else None,
    }  # fmt: skip
    return page(request, staff, "books_account.html", **context)


@books_page(*READERS)
def acts(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Every act, by number, day, verb and who."""
    found, no = _wanted(request, staff)
    shown = listed(request, staff, ACTS, found, met=lambda rows: _tell(staff, rows))
    if isinstance(shown, HttpResponse):
        return shown
    typed = {name: request.GET.get(name, "") for name in ACTS.keeps}
    held = {name: request.GET.get(name, "") for name in ("q", "verb", "by", "sort")}
    return page(request, staff, "books_acts.html", refusal=no, shown=shown, asked=typed, held=held)


def _tell(staff: Staff, rows: Any) -> None:
    known = _called(staff, {act.by for act in rows})
    for act in rows:
        act.told_by = known.get(act.by, str(act.by))


def _wanted(request: HttpRequest, staff: Staff) -> tuple[QuerySet[Act], Refusal | None]:
    """The acts of the days and the number that were asked for; what cannot be read is said, and leaves all."""
    found = Act.of(staff.town)
    typed = Typed(DAYS, request.GET)
    try:
        since, until, number = typed.day("since"), typed.day("until"), typed.number("number")
    except Refusal as no:
        return found, no
    if since:
        found = found.filter(written_at__gte=datetime.combine(since, time(), VILLAGE_TIME))
    if until:
        found = found.filter(written_at__lt=datetime.combine(until + timedelta(days=1), time(), VILLAGE_TIME))
    if number is not None:
        found = found.filter(id=act_at(staff.town, number))
    return found, None


@books_page(*TAKERS)
def audit_now(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Recompute the books from the first act on, and say what differs."""
    if request.method != "POST":
        return HttpResponseRedirect(ROOM)
    report = audit(staff.town, full=True, now=staff.now)
    told = [difference(one.code, one.facts, staff.lang) for one in report.differences]
    return books(request, told={"report": report, "differences": told})


@books_page(*TAKERS)
def bundle(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The whole bundle of the town in one press: it verifies itself, offline."""
    audit(staff.town, now=staff.now)
    kept = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the answer
    write_bundle(staff.town, kept, now=staff.now)
    kept.seek(0)
    name = f"gongfen-{staff.town.code}-{staff.now.astimezone(VILLAGE_TIME):%Y-%m-%d}.zip"
    answer: Any = FileResponse(kept, as_attachment=True, filename=name, content_type="application/zip")
    return answer  # type: ignore[no-any-return]  # a streamed answer is one, too
