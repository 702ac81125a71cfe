"""Work written down at the desk in the kind's own form: who worked, typed by line, for a reviewer to decide."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen import words
from gongfen.activities import photos
from gongfen.activities.claims import Wanted, claim_many
from gongfen.activities.kinds.form import Choice, Field, Number, Photo, Value
from gongfen.activities.models import Activity
from gongfen.console.asks import Ask, Typed, drawn
from gongfen.console.ground import Staff, page
from gongfen.console.hosts import activity_page
from gongfen.console.naming import Named, day_of, read_lines
from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import rule, title

TALLIES = ("organiser",)
ABOUT = {"photo_too_large": "photo", "photo_unreadable": "photo"}


def asks_of(found: Activity, lang: str) -> list[Ask]:
    """The kind's own form as fields of the desk."""
    return [_ask(field, lang) for field in found.of_kind.form]


def _ask(field: Field, lang: str) -> Ask:
    choices: list[tuple[str, str]] = []
    if isinstance(field, Choice):
        choices = [(one.key, one.en if lang == "en" else one.zh) for one in field.options]
    kinds = {"choice": "choice", "number": "number", "hours": "number", "photo": "photo"}
    return Ask(
        field.name, field.zh, field.en, kinds.get(field.asks, "text"), required=field.required, choices=choices
    )  # fmt: skip


@activity_page(*TALLIES)
def tally(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """Who worked, one a line; what they did, once for all of them. A reviewer decides each line."""
    if request.method != "POST":
        return _show(request, staff, found)
    try:
        return _write(request, staff, found)
    except Refusal as no:
        return _show(request, staff, found, no=no)


def _write(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    day = Typed([_day(found, staff)], request.POST).day("happened_on") or day_of(found, staff.now)
    lines = read_lines(found, request.POST.get("lines", ""), day)
    wrong = [line for line in lines if line.no]
    values = _values(request, staff, found)
    if wrong or not lines:
        return _show(request, staff, found, wrong=wrong)
    grade = "witnessed" if request.POST.get("seen") == "yes" else "typed"
    people = [line.resident for line in lines if line.resident]
    with transaction.atomic():
        shown = _photos(request, staff, found, people)
        wanted = [
            Wanted(found, one, day, grade, staff.resident.subject, values | shown.get(one.id, {})) for one in people
        ]
        answers = claim_many(staff.town, wanted, staff.now)
        _forget_unused(wanted, answers)
    told = [
        f"{one.resident.name}: {words.sentence(answer, staff.lang, now=staff.now)}"
        for one, answer in zip(wanted, answers, strict=True)
        if isinstance(answer, Refusal)
    ]
    if told:
        return _show(request, staff, found, told=told)
    return HttpResponseRedirect(f"/desk/activities/{found.id}", status=303)


def _photos(
    request: HttpRequest, staff: Staff, found: Activity, people: Sequence[Resident]
) -> dict[int, dict[str, Value]]:
    """The foreman's sheet, for each who stands on it: everyone's claim shows it to who decides."""
    kept: dict[int, dict[str, Value]] = {}
    for field in found.of_kind.form:
        sent = request.FILES.get(field.name) if isinstance(field, Photo) else None
        if sent is not None:
            key = f"tally/{found.id}/{field.name}"
            for owner, row in photos.upload_for(staff.resident, people, sent.read(), now=staff.now, key=key).items():
                kept.setdefault(owner, {})[field.name] = str(row.id)
    return kept


def _forget_unused(wanted: Sequence[Wanted], answers: Sequence[object]) -> None:
    """A photo whose claim was refused goes with it."""
    for one, answer in zip(wanted, answers, strict=True):
        for field in one.activity.of_kind.form:
            if isinstance(answer, Refusal) and isinstance(field, Photo) and field.name in one.values:
                photos.forget_unused(one.resident, int(one.values[field.name]))


def _values(request: HttpRequest, staff: Staff, found: Activity) -> dict[str, Value]:
    """What the form says, as the kind reads it."""
    typed = Typed(asks_of(found, staff.lang), request.POST)
    values: dict[str, Value] = {}
    for field in found.of_kind.form:
        if isinstance(field, Photo):
            continue
        value: Any = typed.number(field.name) if isinstance(field, Number) else typed.text(field.name)
        if value not in (None, ""):
            values[field.name] = value
    found.of_kind.read(values)
    return values


def _day(found: Activity, staff: Staff) -> Ask:
    return Ask("happened_on", "哪天", "Which day", "day", required=True)


def _show(
    request: HttpRequest,
    staff: Staff,
    found: Activity,
    *,
    no: Refusal | None = None,
    wrong: list[Named] | None = None,
    told: list[str] | None = None,
) -> HttpResponse:
    typed = request.POST.dict() or {"happened_on": day_of(found, staff.now).isoformat()}
    asks = [_day(found, staff), *asks_of(found, staff.lang)]
    return page(
        request, staff, "tally.html", refusal=no, one=found, title=title(found, staff.lang),
        fields=drawn(asks, typed, staff.lang, no=no, now=staff.now, about=ABOUT), worth=rule(found.terms, staff.lang),
        told=told or [], status=422 if told or wrong else 200,
        wrong=[
            {"no": words.sentence(line.no, staff.lang, now=staff.now), "choices": line.choices}
            for line in wrong or ()
            if line.no
        ],
    )  # fmt: skip
