"""Making an activity: from a template, from an earlier one, or from nothing. What it is worth comes from the terms."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities.drafting import LENGTHS, Announcement, UnknownActivity, draft_activity
from gongfen.activities.kinds import all_kinds, kind_of
from gongfen.activities.kinds.form import FieldMissing, Option
from gongfen.activities.models import Activity, TermsVersion
from gongfen.activities.publishing import with_enough
from gongfen.activities.templates import SHEET, TEMPLATES, template_of
from gongfen.activities.terms_in_force import InForce
from gongfen.console.activities import MAKES, of_hosts
from gongfen.console.asks import Ask, Typed, drawn, moment_of
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import Host, hosts_of
from gongfen.fund.models import Earmark
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import rule, title
from gongfen.words import here

FEN = 100  # hundredths
ABOUT = {
    "times": "ends", "activity_past": "day", "paper_path_missing": "paper_path", "order_missing": "payer",
    "pay": "pay_yuan", "budget_points": "budget",
}  # fmt: skip


def asks_for(staff: Staff, host: Host, what: str) -> list[Ask]:
    """The fields of an announcement; paid labor says who pays, how much, and from which money."""
    asks = [
        Ask("title", "标题", "Title", required=True, longest=LENGTHS["title"], first=True),
        Ask("title_en", "英文标题", "Title in English", longest=LENGTHS["title_en"]),
        Ask("day", "哪天", "Day", "day", required=True),
        Ask("begins", "几点开始", "Begins at", "clock", required=True),
        Ask("ends", "几点结束", "Ends at", "clock", required=True),
        Ask("last_day", "最后一天（多天的才填）", "Last day (if several)", "day"),
        Ask("place", "地点", "Place", longest=LENGTHS["place"]),
        Ask("places", "名额", "Places", "number", hint=("空着就是都可以来", "Empty: everyone is welcome")),
        Ask(
            "reserved_places", "其中留给没有手机的人", "Of these, for people without a phone", "number",
            hint=("大约三成人没有手机", "About a third have no phone"),
        ),
        Ask(
            "paper_path", "没有手机怎么参加", "How to take part without a phone", required=True,
            longest=LENGTHS["paper_path"],
        ),
        Ask("text", "说明", "Text", "lines", longest=LENGTHS["text"]),
        Ask(
            "budget", "备付（工分）", "Budget (points)", "points",
            hint=("有名额时可空着：按标准备足每个人的", "May be empty with places: enough for everyone, by the terms"),
        ),
    ]  # fmt: skip
    if what == "paid":
        orders = Earmark.of(staff.town).filter(host=host.subject).order_by("-id")[:100]
        asks += [
            Ask("payer", "谁付钱", "Who pays", required=True, longest=LENGTHS["payer"]),
            Ask("pay_yuan", "一个标准工日多少元", "Yuan for a standard day", "yuan", required=True),
            Ask(
                "earmark", "用哪一笔专款", "From which money", "choice", required=True,
                choices=[(str(one.id), f"{one.name} · {one.donor}") for one in orders],
            ),
        ]  # fmt: skip
    return asks


@desk(*MAKES)
def new(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What to begin with; with `?of=kind/what` the announcement itself."""
    host = _host(request, staff)
    if host is None:
        return page(request, staff, "not_for_you.html", refusal=UnknownActivity(), status=404)
    kind, _, what = (request.POST.get("of") or request.GET.get("of", "")).partition("/")
    if request.method == "POST":
        return _draft(request, staff, host, kind, what)
    typed, of = _begun(request, staff)
    if of:
        kind, what = of
    terms = _in_force(staff, host).get((kind, what))
    if terms is None:
        return _choose(request, staff, host)
    return form(request, staff, host, terms, typed)


def _host(request: HttpRequest, staff: Staff) -> Host | None:
    wish = request.POST.get("host") or request.GET.get("host", "")
    hosts = hosts_of(staff, *MAKES)
    return next((one for one in hosts if str(one.subject) == wish), None) if wish else next(iter(hosts), None)


def _in_force(staff: Staff, host: Host) -> dict[tuple[str, str], TermsVersion]:
    found = InForce(staff.town, [host.subject]).every(village_day(staff.now))
    return {(one.kind, one.what): one for one in found}


def _begun(request: HttpRequest, staff: Staff) -> tuple[dict[str, str], tuple[str, str] | None]:
    """What stands in the form already: a template's words, or those of an earlier activity a week later."""
    copied, template = request.GET.get("copy", ""), template_of(request.GET.get("template", ""))
    today = village_day(staff.now)
    if copied.isdecimal() and len(copied) < 20:
        before = of_hosts(staff).filter(id=int(copied)).first()
        if before is not None:
            weeks = max((staff.now - before.starts_at) // timedelta(days=7) + 1, 1)
            return as_typed(before, weeks), (before.kind, before.what)
    if template is not None:
        day = today + timedelta(days=3)
        last = day + timedelta(days=template.days - 1)
        at = words.LANGUAGES.index(staff.lang)
        return {
            "title": template.zh, "title_en": template.en, "place": template.place[at], "text": template.text[at],
            "day": day.isoformat(), "last_day": last.isoformat() if template.days > 1 else "",
            "begins": f"{template.begins:%H:%M}", "ends": f"{template.ends:%H:%M}",
            "places": str(template.places or ""), "reserved_places": str(template.reserved or ""),
            "paper_path": SHEET[at],
        }, (template.kind, template.what)  # fmt: skip
    return {"day": (today + timedelta(days=3)).isoformat(), "begins": "08:00", "ends": "11:30",
            "paper_path": SHEET[words.LANGUAGES.index(staff.lang)]}, None  # fmt: skip


def as_typed(before: Activity, weeks: int = 0) -> dict[str, str]:
    """An activity as its form; so many weeks later, for the same again."""
    begins, ends = (here(moment) + weeks * timedelta(days=7) for moment in (before.starts_at, before.ends_at))
    return {
        "title": before.title, "title_en": before.title_en, "place": before.place, "text": before.text,
        "day": begins.date().isoformat(), "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}",
        "last_day": ends.date().isoformat() if ends.date() != begins.date() else "",
        "places": str(before.places or ""), "reserved_places": str(before.reserved_places or ""),
        "paper_path": before.paper_path, "payer": before.payer,
        "budget": "" if before.places else words.points(before.budget_points).replace(",", ""),
        "pay_yuan": words.yuan(before.pay_money).replace(",", "") if before.pay_money else "",
    }  # fmt: skip


def _choose(request: HttpRequest, staff: Staff, host: Host) -> HttpResponse:
    """Templates, earlier activities and every kind of work that has terms, each one press away."""
    known, en = _in_force(staff, host), staff.lang == "en"
    kinds = [
        {
            "label": kind.en if en else kind.zh,
            "about": kind.about_en if en else kind.about_zh,
            "whats": [_what(kind.key, one, known, staff) for one in kind.whats],
        }
        for kind in all_kinds().values()
    ]
    templates = [
        {"key": one.key, "label": one.en if en else one.zh, "worth": rule(known[one.kind, one.what], staff.lang)}
        for one in TEMPLATES
        if (one.kind, one.what) in known
    ]
    before = of_hosts(staff).filter(host=host.subject, state__in=("published", "open", "closed"))
    return page(
        request, staff, "activity_begin.html", host=host, hosts=hosts_of(staff, *MAKES), kinds=kinds,
        templates=templates,
        before=[
            {"id": one.id, "title": title(one, staff.lang), "when": one.starts_at}
            for one in before.order_by("-starts_at")[:8]
        ],
    )  # fmt: skip


def _what(kind: str, one: Option, known: dict[tuple[str, str], TermsVersion], staff: Staff) -> dict[str, Any]:
    terms = known.get((kind, one.key))
    label = one.en if staff.lang == "en" else one.zh
    return {"of": f"{kind}/{one.key}", "label": label, "worth": rule(terms, staff.lang) if terms else ""}


def form(
    request: HttpRequest,
    staff: Staff,
    host: Host,
    terms: TermsVersion,
    typed: Mapping[str, str],
    no: Refusal | None = None,
    *,
    edits: Activity | None = None,
) -> HttpResponse:
    """The announcement's form, empty, filled in, or that of a draft that is written anew."""
    kind, en = kind_of(terms.kind), staff.lang == "en"
    what = next(one for one in kind.whats if one.key == terms.what)
    asks = asks_for(staff, host, terms.what)
    return page(
        request, staff, "activity_form.html", refusal=no, host=host, terms=terms, worth=rule(terms, staff.lang),
        of=f"{terms.kind}/{terms.what}", what=what.en if en else what.zh, kind=kind,
        about=kind.about_en if en else kind.about_zh, key=typed.get("key") or secrets.token_hex(8),
        fields=drawn(asks, typed, staff.lang, no=no, now=staff.now, about=ABOUT),
        edits=edits, asked_later=[field.en if en else field.zh for field in kind.form],
    )  # fmt: skip


def _draft(request: HttpRequest, staff: Staff, host: Host, kind: str, what: str) -> HttpResponse:
    terms = _in_force(staff, host).get((kind, what))
    if terms is None:
        return _choose(request, staff, host)
    try:
        told = read_told(request.POST, staff, host, terms)
        key = f"desk/{staff.resident.id}/{request.POST.get('key', '')[:32]}"
        made = draft_activity(staff.resident, host.subject, told, now=staff.now, key=key)
    except Refusal as no:
        return form(request, staff, host, terms, request.POST.dict(), no)
    return HttpResponseRedirect(f"/desk/activities/{made.id}", status=303)


def read_told(posted: Mapping[str, str], staff: Staff, host: Host, terms: TermsVersion) -> Announcement:
    """The announcement that was typed, or the no with its field."""
    asks = asks_for(staff, host, terms.what)
    typed = Typed(asks, posted)
    title, day = typed.text("title"), typed.day("day")
    assert day is not None  # a required field
    paid = terms.what == "paid"
    told = Announcement(
        kind=terms.kind, what=terms.what, title=title, title_en=typed.text("title_en"),
        starts_at=moment_of(day, typed.clock("begins")),
        ends_at=moment_of(typed.day("last_day", empty=day) or day, typed.clock("ends")),
        place=typed.text("place"), places=typed.number("places"),
        reserved_places=typed.number("reserved_places", empty=0) or 0, paper_path=typed.text("paper_path"),
        text=typed.text("text"), payer=typed.text("payer") if paid else "",
        pay_money=(typed.hundredths("pay_yuan", empty=0) or 0) * FEN if paid else 0,
        pay_minutes=terms.minutes if paid else 0,
        earmark=int(typed.choice("earmark") or 0) or None if paid else None,
        budget_points=typed.hundredths("budget", empty=-1) or 0,
    )  # fmt: skip
    if told.budget_points >= 0:
        return told
    if told.places is None and terms.points:
        raise FieldMissing(**next(ask for ask in asks if ask.name == "budget").called)
    return with_enough(told, terms)
