"""Paper sheets: printed, photographed, typed in, and seen by a second person, who makes it `witnessed`.

The second person either types the sheet again, without seeing the first typing, or compares photo and lines and says
yes.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gongfen.activities.attendance import AttendanceOver
from gongfen.activities.claims import Wanted, claim_many
from gongfen.activities.models import Activity, Answered, Claim, Evidence, Presence, Sheet, SheetLine, Survey
from gongfen.activities.photos import read_photo
from gongfen.activities.presence import AROUND, NotTheTime, OutBeforeIn
from gongfen.activities.who import check_other
from gongfen.ledger.batch import Answer
from gongfen.people.models import Resident
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import TYPED, WITNESSED, OwnMatter

LINES = 40  # on one sheet
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # what hands and eyes do not confuse
TICKED = {"article": {"said": "read"}}  # what a signature on paper says in the kind's form


class UnknownSheet(Refusal):
    """No sheet has this number."""

    code = "sheet_unknown"


class SheetWrongStep(Refusal):
    """Printed, photographed, typed, checked: in this order."""

    code = "sheet_wrong_step"


class SheetTooLong(Refusal):
    """More lines than a sheet has."""

    code = "sheet_too_long"


class LineTwice(Refusal):
    """One person stands on a sheet once."""

    code = "sheet_line_twice"


class SheetsDiffer(Refusal):
    """The second typing is not the first. `lines` says how many differ."""

    code = "sheets_differ"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as somebody read it. On a sheet without times both are those of the activity."""

    resident: Resident
    in_at: datetime
    out_at: datetime


def print_sheet(activity: Activity) -> Sheet:
    """A sheet with a number of its own, for people who sign by hand."""
    _check_takes(activity)
    slip = "".join(secrets.choice(LETTERS) for _ in range(8))
    sheet = Sheet(town_id=activity.town_id, activity=activity, slip=slip)
    Sheet.objects.bulk_create([sheet])
    return sheet


def photograph(sheet: Sheet, sent: bytes, *, by: Resident, now: datetime) -> Evidence:
    """Keep the photo of a sheet, made anew from its pixels. It can be taken again until the sheet is typed."""
    photo, width, height = read_photo(sent)
    town = sheet.town_id
    with transaction.atomic():
        fresh = Sheet.of(town).select_for_update().get(id=sheet.id)
        if fresh.state not in (Sheet.State.PRINTED, Sheet.State.PHOTOGRAPHED):
            raise SheetWrongStep(state=str(fresh.state))
        evidence = Evidence(
            town_id=town, resident=by, uploaded_by=by.subject, uploaded_at=now, width=width, height=height, photo=photo
        )
        Evidence.objects.bulk_create([evidence])
        Evidence.of(town).filter(id=fresh.photo or 0).delete()
        Sheet.of(town).filter(id=sheet.id).update(state=Sheet.State.PHOTOGRAPHED, photo=evidence.id)
    return evidence


def photo_of(sheet: Sheet) -> bytes:
    """The sheet's photo, for who types or checks it."""
    found = Evidence.of(sheet.town_id).filter(id=sheet.photo or 0).first()
    if found is None:
        raise SheetWrongStep(state=str(sheet.state))
    return bytes(found.photo)


def type_sheet(sheet: Sheet, lines: Sequence[Line], *, by: Resident, now: datetime) -> Sheet:
    """Type a photographed sheet. The second typing, by somebody of another household, must be the first one again."""
    with transaction.atomic():
        fresh = Sheet.of(sheet.town_id).select_for_update().select_related("activity").get(id=sheet.id)
        _check_lines(fresh.activity, lines, by, now)
        if fresh.state not in (Sheet.State.PHOTOGRAPHED, Sheet.State.TYPED):
            raise SheetWrongStep(state=str(fresh.state))
        if fresh.state == Sheet.State.TYPED and fresh.typed_by != by.subject:
            check_other(by, fresh.typed_by)
            differing = _key(lines) ^ _key(lines_of(fresh))
            if differing:
                raise SheetsDiffer(lines=len({line[0] for line in differing}))
            return _done(fresh, by)
        SheetLine.of(sheet.town_id).filter(sheet=sheet).delete()
        SheetLine.objects.bulk_create(
            SheetLine(
                town_id=sheet.town_id, sheet=sheet, resident=line.resident, typed_by=by.subject,
                in_at=line.in_at, out_at=line.out_at,
            )
            for line in lines
        )  # fmt: skip
        Sheet.of(sheet.town_id).filter(id=sheet.id).update(state=Sheet.State.TYPED, typed_by=by.subject)
        return Sheet.of(sheet.town_id).select_related("activity").get(id=sheet.id)


def review_sheet(sheet: Sheet, *, by: Resident) -> Sheet:
    """A second person compared the typed lines with the photo and says yes."""
    with transaction.atomic():
        fresh = Sheet.of(sheet.town_id).select_for_update().select_related("activity").get(id=sheet.id)
        if fresh.state != Sheet.State.TYPED:
            raise SheetWrongStep(state=str(fresh.state))
        check_other(by, fresh.typed_by)
        return _done(fresh, by)


def claim_sheet(sheet: Sheet, *, now: datetime) -> list[Answer]:
    """The claims that follow from a checked sheet of an activity without check-in: notices, surveys, sorting."""
    activity = sheet.activity
    if sheet.state != Sheet.State.DONE:
        raise SheetWrongStep(state=str(sheet.state))
    if activity.of_kind.proof != "tap":
        return []
    grades = _grades(sheet, list(lines_of(sheet)))
    claimed = set(Claim.of(sheet.town_id).filter(activity=activity).values_list("resident_id", flat=True))
    with transaction.atomic():
        survey = _survey_of(activity)
        wanted = []
        for line in lines_of(sheet):
            if line.resident.id in claimed or not _first_answer(survey, line.resident, sheet):
                continue
            day = village_day(line.in_at)
            values = TICKED.get(activity.kind, {})
            wanted.append(Wanted(activity, line.resident, day, grades[line.resident.id], sheet.typed_by or 0, values))
        return claim_many(activity.town, wanted, now) if wanted else []


def lines_of(sheet: Sheet) -> list[Line]:
    """What was typed."""
    rows = SheetLine.of(sheet.town_id).filter(sheet=sheet).select_related("resident").order_by("id")
    return [Line(row.resident, row.in_at, row.out_at) for row in rows]


def find_sheet(activity: Activity, slip: str) -> Sheet:
    """The sheet with this number, or the refusal that there is none."""
    asked = slip.strip().upper()
    known = set(asked) <= set(LETTERS)
    found = Sheet.of(activity.town_id).filter(activity=activity, slip=asked[:8]).first() if known else None
    if found is None:
        raise UnknownSheet()
    found.activity = activity
    return found


def _done(sheet: Sheet, by: Resident) -> Sheet:
    rows = Sheet.of(sheet.town_id).filter(id=sheet.id, state=Sheet.State.TYPED)
    rows.update(state=Sheet.State.DONE, checked_by=by.subject)
    sheet.state, sheet.checked_by = Sheet.State.DONE, by.subject
    if sheet.activity.of_kind.proof != "check_in":
        return sheet
    lines = lines_of(sheet)
    grades = _grades(sheet, lines)
    known = Presence.of(sheet.town_id).filter(activity=sheet.activity)
    there = set(known.values_list("resident_id", flat=True))
    Presence.objects.bulk_create(
        Presence(
            town_id=sheet.town_id, activity=sheet.activity, resident=line.resident, in_at=line.in_at,
            out_at=line.out_at, grade=grades[line.resident.id], recorded_by=sheet.typed_by or 0,
            confirmed_by=by.subject if grades[line.resident.id] == WITNESSED else None,
        )
        for line in lines
        if line.resident.id not in there
    )  # fmt: skip
    return sheet


def _grades(sheet: Sheet, lines: Sequence[Line]) -> dict[int, str]:
    """`witnessed`, but for the second person's own household: there a third one has to confirm."""
    second = Resident.of(sheet.town_id).filter(subject=sheet.checked_by or 0).first()
    own = second.household_id if second else None
    return {line.resident.id: TYPED if line.resident.household_id == own else WITNESSED for line in lines}


def _check_takes(activity: Activity) -> None:
    if activity.state not in TAKES_CLAIMS:
        raise AttendanceOver(state=str(activity.state))


def _check_lines(activity: Activity, lines: Sequence[Line], by: Resident, now: datetime) -> None:
    _check_takes(activity)
    if len(lines) > LINES:
        raise SheetTooLong(most=LINES)
    if len({line.resident.id for line in lines}) != len(lines):
        raise LineTwice()
    for line in lines:
        if line.resident.id == by.id:
            raise OwnMatter()
        if line.out_at < line.in_at:
            raise OutBeforeIn(in_at=line.in_at.isoformat())
        if not activity.starts_at - AROUND <= line.in_at <= line.out_at <= min(activity.ends_at + AROUND, now):
            raise NotTheTime(starts_at=activity.starts_at.isoformat(), ends_at=activity.ends_at.isoformat())


def _key(lines: Sequence[Line]) -> set[tuple[int, datetime, datetime]]:
    return {(line.resident.id, line.in_at, line.out_at) for line in lines}


def _survey_of(activity: Activity) -> Survey | None:
    if activity.kind != "survey":
        return None
    return Survey.of(activity.town_id).filter(activity=activity, state=Survey.State.OPEN).select_for_update().first()


def _first_answer(survey: Survey | None, resident: Resident, sheet: Sheet) -> bool:
    """For a survey: the slip in the paper box is this resident's one answer. Elsewhere always true."""
    if sheet.activity.kind != "survey":
        return True
    if survey is None:
        return False
    answered = Answered.of(sheet.town_id).filter(survey=survey, resident=resident)
    if answered.exists():
        return False
    Answered.objects.bulk_create([Answered(town_id=sheet.town_id, survey=survey, resident=resident, asked=b"paper")])
    rows = Survey.of(sheet.town_id).filter(id=survey.id)
    rows.update(paper_receipts=F("paper_receipts") + 1)
    return True
