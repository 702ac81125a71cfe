"""Terms at the desk: what is in force and was before, proposals, and the residents' decision with its count."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities import terms as acts
from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import TermsVersion
from gongfen.activities.terms_in_force import InForce
from gongfen.activities.who import check_role
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, desk, page
from gongfen.console.hosts import hosts_of
from gongfen.console.listing import Choice, Column, Listing, listed
from gongfen.people.acts import NotYourRole
from gongfen.people.queries import residents_by_subject
from gongfen.rules.claim_states import TermsState
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import in_words, rule
from gongfen.statements.terms import tell_terms
from gongfen.words.desk import HOWS, TERMS_STATES

READS = ("organiser", "supervisor", "reviewer", "clerk", "auditor")
PROPOSES = ("organiser", "supervisor")
DECIDES = ("supervisor", "reviewer")


def _kinds(staff: Staff) -> Iterable[tuple[str, str]]:
    return [(one.key, one.en if staff.lang == "en" else one.zh) for one in all_kinds().values()]


def _states(staff: Staff) -> Iterable[tuple[str, str]]:
    return [(state, pair[staff.lang == "en"]) for state, pair in TERMS_STATES.items()]


def _hosts(staff: Staff) -> Iterable[tuple[str, str]]:
    return [(str(one.subject), one.name) for one in hosts_of(staff, *READS)]


def what_of(version: TermsVersion) -> tuple[str, str]:
    """The piece of work in both languages."""
    kind = all_kinds()[version.kind]
    found = next((one for one in kind.whats if one.key == version.what), None)
    return (f"{kind.zh} · {found.zh}", f"{kind.en} · {found.en}") if found else (version.what, version.what)


def _named(wish: str) -> Q:
    """Terms for work that is called so, in either language."""
    found = Q(pk__in=())
    for kind in all_kinds().values():
        for one in kind.whats:
            if wish.lower() in f"{kind.zh} {kind.en} {one.zh} {one.en}".lower():
                found |= Q(kind=kind.key, what=one.key)
    return found


def _count(version: TermsVersion) -> tuple[str, str]:
    if version.took_part is None:
        return "", ""
    told = f"{version.said_yes} / {version.took_part}"
    return told, told


LISTING = Listing(
    "terms",
    "积分标准",
    "Terms",
    (
        Column("what", "干什么", "Work", what_of, "words", order="kind", link=lambda one: f"/desk/terms/{one.id}"),
        Column("worth", "按标准", "Worth", lambda one: (rule(one, "zh"), rule(one, "en")), "words"),
        Column("points", "工分", "Points", lambda one: one.points, "points", order="points"),
        Column("minutes", "折合分钟", "Minutes", lambda one: one.minutes, "number", order="minutes"),
        Column(
            "caps", "封顶", "Caps", lambda one: (tell_terms(one, "zh").caps, tell_terms(one, "en").caps), "words"
        ),
        Column("since", "从哪天起", "In force from", lambda one: one.in_force_from, "day", order="in_force_from"),
        Column("state", "状态", "State", lambda one: TERMS_STATES[one.state], "words", order="state"),
        Column("count", "同意 / 参加", "Yes / took part", _count, "words"),
        Column("decided", "表决日", "Decided on", lambda one: one.decided_on, "day", order="decided_on"),
    ),
    order=("-in_force_from", "kind", "what", "-id"),
    finds=_named,
    choices=(
        Choice("kind", "类型", "Kind", "kind", _kinds),
        Choice("state", "状态", "State", "state", _states),
        Choice("host", "主办", "Host", "host", _hosts),
    ),
)  # fmt: skip


def of_hosts(staff: Staff) -> QuerySet[TermsVersion]:
    """Every version of the hosts that one works for."""
    return TermsVersion.of(staff.town).filter(host__in=[one.subject for one in hosts_of(staff, *READS)])


@desk(*READS)
def terms(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What holds today, what waits for the residents, and every version there ever was."""
    found = of_hosts(staff)
    shown = listed(request, staff, LISTING, found)
    if isinstance(shown, HttpResponse):
        return shown
    today, at = village_day(staff.now), words.LANGUAGES.index(staff.lang)
    hosts = {one.subject: one.name for one in hosts_of(staff, *READS)}
    waiting = found.filter(state=TermsState.PROPOSED).order_by("in_force_from", "id")[:50]
    in_force = [
        {"id": one.id, "what": what_of(one)[at], "told": tell_terms(one, staff.lang), "host": hosts[one.host],
         "of": f"{one.kind}/{one.what}", "subject": one.host}
        for one in InForce(staff.town, list(hosts)).every(today)
    ]  # fmt: skip
    return page(
        request, staff, "terms.html", shown=shown, in_force=in_force, many_hosts=len(hosts) > 1,
        may_propose=staff.has(*PROPOSES),
        waiting=[
            {"id": one.id, "what": what_of(one)[at], "told": tell_terms(one, staff.lang), "host": hosts[one.host]}
            for one in waiting
        ],
    )  # fmt: skip


@desk(*READS)
def version(request: HttpRequest, staff: Staff, terms: int) -> HttpResponse:
    """One version, its place in the history of this work, and while it is proposed, the decision."""
    one = of_hosts(staff).filter(id=terms).first()
    if one is None:
        return page(request, staff, "not_for_you.html", refusal=acts.UnknownTerms(), status=404)
    return _show(request, staff, one)


DECISION = (
    Ask("how", "怎么表决的", "How", "choice", required=True),
    Ask("on", "哪天", "On", "day", required=True),
    Ask("took_part", "多少人参加", "How many took part", "number", required=True, first=True),
    Ask("said_yes", "多少人同意", "How many said yes", "number", required=True),
)
PARTS = {"on": "on", "how": "how", "count": "took_part"}  # what a wrong count is about


def _asks(lang: str) -> list[Ask]:
    how, *rest = DECISION
    choices = [(name, pair[lang == "en"]) for name, pair in HOWS.items()]
    return [Ask(how.name, how.zh, how.en, "choice", required=True, choices=choices), *rest]


def _show(request: HttpRequest, staff: Staff, one: TermsVersion, *, no: Refusal | None = None) -> HttpResponse:
    at, today = words.LANGUAGES.index(staff.lang), village_day(staff.now)
    before = of_hosts(staff).filter(host=one.host, kind=one.kind, what=one.what).exclude(state=TermsState.DROPPED)
    people = residents_by_subject(staff.town, [who for who in (one.proposed_by, one.decided_by) if who])
    about = {"terms_not_carried": "said_yes"}
    if no is not None:
        about["decision_count_wrong"] = PARTS.get(str(no.facts.get("part", "")), "took_part")
    typed = request.POST.dict() or {"how": "meeting", "on": today.isoformat()}
    return page(
        request, staff, "terms_version.html", refusal=no, one=one, what=what_of(one)[at],
        told=tell_terms(one, staff.lang), state=in_words(TERMS_STATES, one.state, staff.lang),
        how=in_words(HOWS, one.decided_how, staff.lang),
        proposed_by=people.get(one.proposed_by), decided_by=people.get(one.decided_by or 0),
        history=[_in_history(each, one, staff) for each in before.order_by("-in_force_from", "-id")[:50]],
        fields=drawn(_asks(staff.lang), typed, staff.lang, no=no, now=staff.now, about=about),
        may_decide=one.state == TermsState.PROPOSED and _has(staff, one, *DECIDES),
        may_drop=one.state == TermsState.PROPOSED and _has(staff, one, *PROPOSES),
        is_own=one.proposed_by == staff.resident.subject,
    )  # fmt: skip


def _in_history(each: TermsVersion, one: TermsVersion, staff: Staff) -> dict[str, Any]:
    told = tell_terms(each, staff.lang)
    return {"id": each.id, "told": told, "here": each.id == one.id, "state": each.state,
            "how": in_words(HOWS, each.decided_how, staff.lang), "on": each.decided_on}  # fmt: skip


def _has(staff: Staff, one: TermsVersion, *names: str) -> bool:
    try:
        check_role(staff.resident, one.host, *names)
    except Refusal:
        return False
    return True


@desk(*READS, fresh=True)
def step(request: HttpRequest, staff: Staff, terms: int, verb: str) -> HttpResponse:
    """Write down the residents' decision, or that the old terms stay. Again is the same."""
    one = of_hosts(staff).filter(id=terms).first()
    if one is None:
        return page(request, staff, "not_for_you.html", refusal=acts.UnknownTerms(), status=404)
    if request.method == "POST":
        try:
            if verb == "decide":
                acts.decide_terms(staff.resident, one.id, _decision(request, staff), now=staff.now)
            elif verb == "drop":
                acts.drop_terms(staff.resident, one.id, now=staff.now)
        except NotYourRole as no:
            return page(request, staff, "not_for_you.html", refusal=no, status=403)
        except Refusal as no:
            return _show(request, staff, one, no=no)
    return HttpResponseRedirect(f"/desk/terms/{one.id}", status=303)


def _decision(request: HttpRequest, staff: Staff) -> acts.Decision:
    typed = Typed(_asks(staff.lang), request.POST)
    on = typed.day("on")
    return acts.Decision(
        typed.choice("how"), on or date.min, typed.number("took_part") or 0, typed.number("said_yes") or 0
    )
