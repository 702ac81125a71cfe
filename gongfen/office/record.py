"""One's own record, whole: everything that is kept of a resident, as one file to take away."""

import io
import json
import zipfile
from datetime import date, datetime, time
from typing import Any

from gongfen.activities.models import Appeal, Claim, Evidence, Help, HelpNote, Objection, Place, Presence
from gongfen.dividends.models import RunObjection
from gongfen.dividends.queries import shares_paid_to
from gongfen.notices.inbox import wishes_of
from gongfen.notices.models import Notice, Quiet
from gongfen.people.at_the_office import Deed, HelperSession
from gongfen.people.looks import who_looked
from gongfen.people.models import Consent, Device, Resident
from gongfen.people.queries import roles_of
from gongfen.shops.models import Card, Helper, Payment
from gongfen.standing.queries import line_values, recorded_of
from gongfen.statements.papers import HEADINGS, harmless, plain
from gongfen.statements.residents import Line, my_lines
from gongfen.words import here, points, yuan

README = {
    "zh": "这是村里保存的、关于您的全部资料。record.json 是全部内容；statement.csv 是明细账，可以用表格软件打开；"
    "photos 里是您交的照片。只有您能拿到这一份。\n",
    "en": "This is everything that the village keeps about you. record.json has it all; statement.csv is your "
    "statement for a spreadsheet; photos has the photos that you sent. Nobody but you is given it.\n",
}
A_LOOK = 200


def record_file(resident: Resident, lang: str, now: datetime) -> bytes:
    """The whole record as a ZIP: words for people, JSON for programs, the statement as a table, the photos."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", README[lang])
        lines = every_line(resident, lang)
        packed.writestr("record.json", json.dumps(record(resident, lines, now), ensure_ascii=False, indent=1))
        packed.writestr("statement.csv", _table(lines, lang))
        for photo in Evidence.of(resident.town_id).filter(resident=resident, uploaded_by=resident.subject):
            packed.writestr(f"photos/{photo.id}.jpg", bytes(photo.photo))
    return out.getvalue()


def every_line(resident: Resident, lang: str) -> list[Line]:
    """Every line of one's accounts, oldest first."""
    found: list[Line] = []
    page = my_lines(resident, lang, limit=A_LOOK)
    while page:
        found += page
        page = my_lines(resident, lang, before=page[-1].act, limit=A_LOOK) if len(page) == A_LOOK else []
    return found[::-1]


def record(resident: Resident, lines: list[Line], now: datetime) -> dict[str, Any]:
    """Everything, under plain names. Amounts are whole hundredths, ids are text."""
    town = resident.town_id
    found: dict[str, Any] = _plain({
        "made_at": now,
        "person": {
            "name": resident.name, "nickname": resident.nickname, "village": resident.village.name,
            "group": resident.group.name, "household": resident.household.number, "age_band": resident.age_band,
            "is_head": resident.is_head, "counts_as_head": resident.counts_as_head, "has_phone": resident.has_phone,
            "joined_at": resident.joined_at, "guardian": resident.guardian.name if resident.guardian else "",
            "roles": sorted({role.role for role in roles_of(resident)}),
        },
        "consents": _rows(Consent.of(town).filter(resident=resident), "purpose", "given_at", "withdrawn_at"),
        "devices": _rows(Device.of(town).filter(resident=resident), "label", "made_at", "ended_at"),
        "cards": _rows(Card.of(town).filter(resident=resident), "state", "made_at"),
        "lines": [_line(line) for line in lines],
        "standing": [line_values(each.deed) for each in recorded_of(resident.town, resident.subject)],
        "claims": _rows(
            Claim.of(town).filter(resident=resident), "activity__title", "kind", "happened_on", "evidence", "grade",
            "points", "minutes", "state", "notice_until", "reason", "made_at", "decided_at",
        ),
        "appeals": _rows(Appeal.of(town).filter(claim__resident=resident), "claim_id", "said", "state", "made_at"),
        "objections": _rows(Objection.of(town).filter(resident=resident), "claim_id", "said", "state", "made_at"),
        "run_objections": _rows(RunObjection.of(town).filter(by=resident.subject), "text", "answer", "state"),
        "places": _rows(Place.of(town).filter(resident=resident), "activity__title", "state"),
        "presences": _rows(Presence.of(town).filter(resident=resident), "activity__title", "in_at", "out_at", "grade"),
        "help_given": _rows(Help.of(town).filter(giver=resident), "points", "minutes", "state", "happened_on"),
        "help_received": _rows(Help.of(town).filter(taker=resident), "points", "minutes", "state", "happened_on"),
        "help_notes": _rows(HelpNote.of(town).filter(resident=resident), "says", "words", "until"),
        "payments": _rows(Payment.of(town).filter(resident=resident), "day__merchant__name", "money", "paid_at", "how"),
        "helpers": _rows(Helper.of(town).filter(resident=resident), "helper__name", "day_limit", "until", "ended_at"),
        "dividends": [
            {"run": share.run_id, "slip": share.slip, "money": share.money, "payout": share.payout}
            for share in shares_paid_to(resident.town, resident.subject)
        ],
        "notices": _rows(Notice.of(town).filter(resident=resident.subject), "code", "facts", "deliver_at", "read_at"),
        "wishes": {topic: {"how": how, "in_wechat": there} for topic, (how, there) in wishes_of(resident).items()},
        "quiet_hours": _rows(Quiet.of(town).filter(resident=resident.subject), "begins", "ends"),
        "sessions": [
            _of_row(session, "how", "opened_at", "agreed_at", "ended_at")
            | {"deeds": _rows(Deed.of(town).filter(session=session), "what", "done_at")}
            for session in HelperSession.of(town).filter(resident=resident).order_by("id")
        ],
        "who_looked": [{"by": seen.called, "why": seen.why, "day": seen.day} for seen in who_looked(resident)],
    })  # fmt: skip
    return found


def _rows(found: Any, *names: str) -> list[dict[str, Any]]:
    return [_named(row) for row in found.order_by("id").values(*names)]


def _of_row(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("__title", "").replace("day__merchant__name", "shop"): value for name, value in row.items()}


def _line(line: Line) -> dict[str, Any]:
    return _of_row(line, "number", "at", "told", "points", "money", "proof", "rule", "approver")


def _plain(value: Any) -> Any:
    """As JSON knows it: moments and days as ISO 8601, ids as text."""
    if isinstance(value, dict):
        return {
            name: str(each) if name.endswith("_id") or name in ("run", "slip") else _plain(each)
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _table(lines: list[Line], lang: str) -> str:
    rows = [",".join(HEADINGS[lang])]
    for line in lines:
        told = [f"{here(line.at):%Y-%m-%d %H:%M}", str(line.number), line.told, line.proof, line.rule, line.approver]
        cells = [*map(harmless, told), plain(points(line.points)), plain(yuan(line.money))]
        rows.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    return "\ufeff" + "\r\n".join(rows) + "\r\n"
