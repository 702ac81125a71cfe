"""One activity: what it is, and everything that one may say to it: sign up, in and out, claim."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongfen.activities import attendance, codes, photos, places
from gongfen.activities.claims import Wanted, claim_many, own_grade
from gongfen.activities.drafting import UnknownActivity, find
from gongfen.activities.kinds.form import Field, Number, Photo, Value
from gongfen.activities.models import Activity, Place, Presence
from gongfen.activities.presence import Seen, check_in_many
from gongfen.ledger.writer import submit
from gongfen.pages.asking import hand_in_from, own_survey
from gongfen.pages.ground import Reader, back_to, key_of, on_post, page, reader_of, signed_in
from gongfen.people.acts import NotYourRole
from gongfen.people.queries import has_role
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.statements.claims import claims_for
from gongfen.statements.public import tell_activities


def show(request: HttpRequest, activity: int, *, no: Refusal | None = None) -> HttpResponse:
    """The page behind the poster's code."""
    reader = reader_of(request)
    found = find_for(reader, activity)
    if found is None:
        return page(request, "said.html", refusal=UnknownActivity(), status=404)
    told = tell_activities(reader.in_town, [found], reader.lang, reader.now)[0]
    own = _own(reader, found) if reader.who else {}
    return page(
        request,
        "activity.html",
        refusal=no,
        one=told,
        activity=found,
        about=found.of_kind.about_en if reader.lang == "en" else found.of_kind.about_zh,
        kind=found.of_kind,
        **own,
    )


@signed_in
@on_post
def say(request: HttpRequest, activity: int, verb: str) -> HttpResponse:
    """Sign up, cancel, reconfirm, check in or out, claim."""
    reader = reader_of(request)
    found = find_for(reader, activity)
    if found is None:
        return page(request, "said.html", refusal=UnknownActivity(), status=404)
    verbs: dict[str, Callable[[HttpRequest, Reader, Activity], str]] = {
        "sign-up": _sign_up,
        "cancel": _cancel,
        "reconfirm": _reconfirm,
        "in": _come,
        "out": _leave,
        "claim": _claim,
        "answers": _answer,
    }
    try:
        outcome = verbs[verb](request, reader, found) if verb in verbs else ""
    except Refusal as no:
        return show(request, activity, no=no)
    return back_to(request, f"/a/{activity}", said=outcome)


@signed_in
def screen(request: HttpRequest, activity: int) -> HttpResponse:
    """What the leader shows at the place: the code that changes every half minute."""
    reader = reader_of(request)
    found = find_for(reader, activity)
    if found is None:
        return page(request, "said.html", refusal=UnknownActivity(), status=404)
    if not has_role(reader.known.resident, "organiser", found.village_id):
        return page(request, "said.html", refusal=NotYourRole(role="organiser"), status=403)
    return page(request, "screen.html", activity=found, shown=codes.show(found, now=reader.now)[0])


def find_for(reader: Reader, activity: int) -> Activity | None:
    """The activity where it is announced; None for what nobody may see yet."""
    if reader.town is None:
        return None
    try:
        found = find(reader.town, activity)
    except UnknownActivity:
        return None
    found.town = reader.town
    return None if found.state in ("draft", "approved", "dropped") else found


def _own(reader: Reader, activity: Activity) -> dict[str, Any]:
    me, town = reader.known.resident, reader.in_town
    stays = list(Presence.of(town).filter(activity=activity, resident=me).order_by("in_at"))
    claims = claims_for(activity, me, reader.lang, reader.now)
    kind = activity.of_kind
    takes = activity.state in TAKES_CLAIMS
    begun = reader.now >= activity.starts_at
    return {
        "my_place": Place.of(town).filter(activity=activity, resident=me).first(),
        "stays": stays,
        "is_in": bool(stays) and stays[-1].out_at is None,
        "claims": claims,
        "may_sign_up": takes and not begun and kind.proof in ("check_in", "review"),
        "may_come": takes and kind.proof == "check_in",
        "may_claim": takes and kind.proof in ("tap", "review") and kind.key != "survey" and begun,
        **own_survey(me, activity, reader.now),
        "leads": has_role(me, "organiser", activity.village_id),
        "minutes": attendance.minutes_of(activity, [stay for stay in stays if stay.out_at]),
    }


def _sign_up(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    place = places.sign_up(activity, reader.known.resident, now=reader.now)
    return "waiting" if place.state == Place.State.WAITING else "signed_up"


def _cancel(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    places.cancel(activity, reader.known.resident)
    return "cancelled"


def _reconfirm(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    places.reconfirm(activity, reader.known.resident, now=reader.now)
    return "reconfirmed"


def _come(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    _seen(request, reader, activity, leaves=False)
    return "in"


def _leave(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    _seen(request, reader, activity, leaves=True)
    return "out"


def _seen(request: HttpRequest, reader: Reader, activity: Activity, *, leaves: bool) -> None:
    known = reader.known
    text = request.POST.get("digits", "")[:200]
    submit(check_in_many, reader.in_town, Seen(activity.id, known.resident, known.device, text, leaves))


def _claim(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    me, kind = reader.known.resident, activity.of_kind
    values = {asked.name: _value(request, reader, asked) for asked in kind.form}
    filled = {name: value for name, value in values.items() if value is not None}
    day = min(village_day(reader.now), village_day(activity.ends_at))
    wanted = Wanted(activity, me, day, own_grade(kind), me.subject, filled)
    answer = submit(claim_many, reader.in_town, wanted)
    return "counted" if answer.facts.get("state") == "in_notice" else "claimed"


def _answer(request: HttpRequest, reader: Reader, activity: Activity) -> str:
    hand_in_from(request.POST, reader.known.resident, activity, key=key_of(request), now=reader.now)
    return "handed_in"


def _value(request: HttpRequest, reader: Reader, asked: Field) -> Value | None:
    if isinstance(asked, Photo):
        sent = request.FILES.get(asked.name)
        if sent is None:
            return None
        me = reader.known.resident
        return str(photos.upload(me, me, sent.read(), now=reader.now).id)
    typed = request.POST.get(asked.name, "").strip()
    if not typed:
        return None
    return int(typed) if isinstance(asked, Number) and typed.isascii() and typed.isdigit() and len(typed) < 9 else typed
