"""New terms: tried on the last quarter before anybody proposes them, then proposed for residents to decide."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.kind import Kind
from gongfen.activities.kinds.terms import UNIT_MINUTES_MOST, UNITS, Terms, read_caps
from gongfen.activities.models import TermsVersion
from gongfen.activities.terms import UnknownTerms, propose_terms
from gongfen.activities.terms_in_force import InForce, NoTerms
from gongfen.activities.whatif import WhatIf, what_if
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.charts import pairs_of_bars
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import Host, hosts_of
from gongfen.console.terms import PROPOSES, what_of
from gongfen.rules.notice import TERMS_AHEAD, village_day
from gongfen.rules.refusals import Refusal
from gongfen.statements.terms import tell_terms

CAPS = (
    ("each", "每次最多（工分）", "At most each time (points)"),
    ("day", "每天最多", "At most a day"),
    ("month", "每月最多", "At most a month"),
    ("year", "每年最多", "At most a year"),
)
ABOUT = {"terms_too_soon": "in_force_from", "terms_same_day": "in_force_from", "terms_too_high": "points",
         "caps": "cap_day", **{name: f"cap_{name}" for name, _, _ in CAPS}}  # fmt: skip


def asks_of(kind: Kind, lang: str) -> list[Ask]:
    """The closed grammar: unit, points, minutes, caps, and the first day. Nothing about a person."""
    at = words.LANGUAGES.index(lang)
    longest = max(UNIT_MINUTES_MOST[unit] for unit in kind.units)
    return [
        Ask("unit", "按什么算", "By", "choice", required=True, choices=[(one, UNITS[one][at]) for one in kind.units]),
        Ask("points", "多少工分", "How many points", "points", required=True, first=True),
        Ask(
            "minutes", "折合多少分钟", "Minutes that it counts as", "number", required=True,
            hint=(f"最多 {longest}", f"At most {longest}"),
        ),
        *(Ask(f"cap_{name}", zh, en, "points") for name, zh, en in CAPS),
        Ask(
            "in_force_from", "从哪天起", "In force from", "day", required=True,
            hint=(f"至少提前 {TERMS_AHEAD} 天公布", f"Announced at least {TERMS_AHEAD} days ahead"),
        ),
    ]  # fmt: skip


@desk(*PROPOSES)
def new(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Terms for one piece of work: first what they would have brought, then the proposal."""
    asked = request.POST if request.method == "POST" else request.GET
    hosts = hosts_of(staff, *PROPOSES)
    wish = asked.get("host", "")
    host = next((one for one in hosts if str(one.subject) == wish), None if wish else hosts[0])
    kind_key, _, what = asked.get("of", "").partition("/")
    try:
        kind = kind_of(kind_key)
        if host is None or all(one.key != what for one in kind.whats):
            raise UnknownTerms()
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    if request.method != "POST":
        return _form(request, staff, host, kind, what, _now(staff, host, kind, what))
    try:
        terms = read_terms(request.POST, kind, what, staff.lang)
        kind.check_terms(terms)
        if request.POST.get("try") == "yes":
            tried = what_if(staff.town, host.subject, kind.key, terms, today=village_day(staff.now))
            return _form(request, staff, host, kind, what, request.POST.dict(), tried=tried)
        first = Typed(asks_of(kind, staff.lang), request.POST).day("in_force_from") or village_day(staff.now)
        made = propose_terms(staff.resident, host.subject, kind.key, terms, first, now=staff.now)
    except Refusal as no:
        return _form(request, staff, host, kind, what, request.POST.dict(), no=no)
    return HttpResponseRedirect(f"/desk/terms/{made.id}", status=303)


def read_terms(posted: Mapping[str, str], kind: Kind, what: str, lang: str) -> Terms:
    """The terms as they were typed: points with decimals, caps where there are some."""
    typed = Typed(asks_of(kind, lang), posted)
    caps = {name: typed.hundredths(f"cap_{name}") for name, _, _ in CAPS}
    return Terms(
        what,
        typed.choice("unit"),
        typed.hundredths("points") or 0,
        typed.number("minutes") or 0,
        read_caps({name: most for name, most in caps.items() if most is not None}),
    )


def _current(staff: Staff, host: Host, kind: Kind, what: str) -> TermsVersion | None:
    try:
        return InForce(staff.town, [host.subject]).on(host.subject, kind.key, what, village_day(staff.now))
    except NoTerms:
        return None


def _now(staff: Staff, host: Host, kind: Kind, what: str) -> dict[str, str]:
    """What stands in the form at first: the terms in force, else the kind's usual ones, from the first possible day."""
    today, current = village_day(staff.now), _current(staff, host, kind, what)
    usual = next((one for one in kind.usual if one.what == what), kind.usual[0] if kind.usual else None)
    terms = current.terms if current else usual
    first = today + timedelta(days=TERMS_AHEAD if current else 0)
    found = {"in_force_from": first.isoformat()}
    if terms is not None:
        found |= {"unit": terms.unit, "points": _plain(terms.points), "minutes": str(terms.minutes)}
        found |= {f"cap_{name}": _plain(getattr(terms.caps, name)) for name, _, _ in CAPS}
    return found


def _plain(hundredths: int | None) -> str:
    return "" if hundredths is None else words.points(hundredths).replace(",", "")


def _form(
    request: HttpRequest,
    staff: Staff,
    host: Host,
    kind: Kind,
    what: str,
    typed: Mapping[str, str],
    *,
    no: Refusal | None = None,
    tried: WhatIf | None = None,
) -> HttpResponse:
    current, at = _current(staff, host, kind, what), words.LANGUAGES.index(staff.lang)
    label = next((one.zh, one.en)[at] for one in kind.whats if one.key == what)
    return page(
        request, staff, "terms_form.html", refusal=no, host=host, of=f"{kind.key}/{what}",
        what=what_of(current)[at] if current else label, current=tell_terms(current, staff.lang) if current else None,
        about=kind.about_en if at else kind.about_zh,
        fields=drawn(asks_of(kind, staff.lang), typed, staff.lang, no=no, now=staff.now, about=ABOUT),
        tried=tried, **(_drawn(tried, staff) if tried else {}),
    )  # fmt: skip


def _drawn(tried: WhatIf, staff: Staff) -> dict[str, Any]:
    """The last quarter as bars: what it brought, and under each what it would have brought."""
    rows = [*tried.months, ("Together" if staff.lang == "en" else "合计", tried.before, tried.after)]
    told = [(words.points(was), words.points(would)) for _, was, would in rows]
    return {
        "chart": pairs_of_bars(rows, told),
        "rows": [(label, was, would, would - was) for label, was, would in rows],
        "money": (tried.after - tried.before) * staff.town.par,
    }
