"""Taking part: places, in and out, the leader's phone, paper sheets, surveys, the board, the roster."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from gongfen.activities import codes, neighbours, places, sheets, surveys
from gongfen.activities.attendance import Tick, tick_many
from gongfen.activities.models import Activity, Survey
from gongfen.activities.presence import Seen, check_in_many
from gongfen.fund import moves
from gongfen.ledger.batch import one, one_batch
from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.founding import Joining, join_many
from gongfen.people.models import Group
from gongfen.people.rechecks import draw_recheck, errands_of
from gongfen.people.roster_objections import object_to_additions
from gongfen.rules.rechecks import quarter_of
from gongfen.town import clock
from tests.doors import GUEST, OWNER, RESIDENT, Call, Door
from tests.taking_part import DAY, HOUR, QUESTIONS, announce, picture, settle
from tests.village import NOW, POINT, Daicun

LEADER, SECOND, OPENER = "organiser", "organiser|reviewer|supervisor", "organiser|supervisor"
TYPIST = "organiser|reviewer"


def running(daicun: Daicun, kind: str = "volunteering", **more) -> Activity:
    """An activity that is going on."""
    return announce(settle(daicun), kind, "清渠", at=clock.now() - HOUR, **more)


def coming(daicun: Daicun, **more) -> Activity:
    """An activity that begins soon, so that its places can be confirmed at any time of the day."""
    return announce(settle(daicun), "volunteering", "清渠", at=clock.now() + 3 * HOUR, **more)


def at(activity: Activity, body: object = None, **more) -> Call:
    return Call({"activity": activity.id, **more}, body)


def a_place(daicun: Daicun) -> Call:
    activity = coming(daicun)
    places.sign_up(activity, daicun["王芳"], now=clock.now())
    return at(activity)


def a_drawn_lot(daicun: Daicun) -> Call:
    activity = announce(settle(daicun), "volunteering", "清渠", at=NOW + 4 * DAY, places=2)
    places.sign_up(activity, daicun["王芳"], now=NOW)
    places.draw_lot(activity, by=daicun["林队长"].subject, now=NOW + 2 * DAY)
    return at(activity)


def a_lot_to_draw(daicun: Daicun) -> Call:
    return at(coming(daicun, places=2))


def a_code(daicun: Daicun) -> Call:
    activity = running(daicun)
    return at(activity, {"code": codes.show(activity, now=clock.now())[0].qr})


def a_code_to_leave(daicun: Daicun) -> Call:
    activity, now = running(daicun), clock.now()
    came = now - timedelta(minutes=30)
    text = codes.show(activity, now=came)[0].qr
    check_in_many(daicun.town, [Seen(activity.id, daicun["王芳"], 1, text)], now=came)
    return at(activity, {"code": codes.show(activity, now=now)[0].qr})


def a_tick(daicun: Daicun) -> Call:
    who = {"resident": str(daicun["李大伯"].id), "in_at": clock.now().isoformat()}
    return at(running(daicun), {"ticks": [who]})


def ticked(daicun: Daicun) -> tuple[Activity, int]:
    activity, now = running(daicun), clock.now()
    (there,) = tick_many(activity, [Tick(daicun["李大伯"], now)], by=daicun["林队长"], now=now)
    return activity, there.id


def a_tick_to_undo(daicun: Daicun) -> Call:
    activity, presence = ticked(daicun)
    return at(activity, presence=presence)


def a_tick_to_confirm(daicun: Daicun) -> Call:
    activity, presence = ticked(daicun)
    return at(activity, {"presences": [str(presence)]})


def somebody(daicun: Daicun) -> Call:
    return at(coming(daicun), resident=daicun["李大伯"].id)


def a_sheet(daicun: Daicun, *, steps: int = 0, kind: str = "volunteering") -> Call:
    activity, now = running(daicun, kind), clock.now()
    sheet = sheets.print_sheet(activity)
    line = sheets.Line(daicun["李大伯"], activity.starts_at, now)
    if steps >= 1:
        sheets.photograph(sheet, picture(), by=daicun["林队长"], now=now)
    if steps >= 2:
        sheet = sheets.type_sheet(sheet, [line], by=daicun["周会计"], now=now)
    if steps >= 3:
        sheets.review_sheet(sheet, by=daicun["吴审核"])
    return at(activity, slip=sheet.slip)


def a_sheet_to_photograph(daicun: Daicun) -> Call:
    call = a_sheet(daicun)
    return Call(call.path, files={"photo": SimpleUploadedFile("表.png", picture(), "image/png")})


def a_sheet_to_type(daicun: Daicun) -> Call:
    call = a_sheet(daicun, steps=1)
    line = {"resident": str(daicun["李大伯"].id), "out_at": clock.now().isoformat()}
    return Call(call.path, {"lines": [line]})


def drafted(daicun: Daicun) -> Survey:
    activity = running(daicun, "survey", hours=48)
    until = clock.now() + DAY
    survey = surveys.draft_survey(daicun["林队长"], activity, QUESTIONS, title="路灯", closes_at=until)
    return surveys.find_survey(daicun.town, survey.id)


def opened(daicun: Daicun) -> Survey:
    survey = drafted(daicun)
    surveys.open_survey(daicun["林队长"], survey, now=clock.now())
    return survey


def closed(daicun: Daicun) -> Survey:
    survey = over(daicun)
    surveys.close_survey(daicun.town.subject, survey, now=clock.now())
    return survey


def over(daicun: Daicun) -> Survey:
    survey = opened(daicun)
    Survey.of(daicun.town).filter(id=survey.id).update(closes_at=clock.now() - HOUR)
    return surveys.find_survey(daicun.town, survey.id)


def slips(daicun: Daicun) -> Call:
    survey = opened(daicun)
    Survey.of(daicun.town).filter(id=survey.id).update(paper_receipts=1)
    return Call({"survey": survey.id}, {"slips": [{"lamp": "yes"}]})


def a_survey_to_draft(daicun: Daicun) -> Call:
    until = (clock.now() + DAY).isoformat()
    return at(running(daicun, "survey"), {"title": "路灯", "closes_at": until, "questions": QUESTIONS})


def public(survey: Survey, daicun: Daicun) -> Call:
    return Call({"village": daicun.village.id, "survey": survey.id})


def a_note(daicun: Daicun) -> Call:
    until = clock.now().date() + DAY
    note = neighbours.post_note(daicun["王芳"], "asked", "修水龙头", until=until, key="a", now=clock.now())
    return Call({"note": note.id}, owner="王芳")


def some_help(daicun: Daicun) -> dict[str, object]:
    running(daicun, "neighbours_help")
    today = (clock.now() + timedelta(hours=8)).date().isoformat()
    return {"other": str(daicun["陈小芳"].id), "i_helped": False, "points": 100, "happened_on": today}


def a_help(daicun: Daicun) -> Call:
    activity = running(daicun, "neighbours_help")
    with one_batch(daicun.town, NOW) as batch:
        act = batch.act(key="earned", verb="claim.award", by=daicun.town.subject, about=daicun["王芳"].subject)
        act.moves(*moves.award(daicun.town, activity.subject, daicun["王芳"].subject, 3 * POINT))
    one(batch.answers)
    day = (clock.now() + timedelta(hours=8)).date()
    proposal = neighbours.Proposal(daicun["陈小芳"], daicun["王芳"], POINT, 30, day)
    made = neighbours.propose(daicun["陈小芳"], proposal, key="k", now=clock.now())
    return Call({"help_": made.id}, owner="王芳")


def a_help_to_decline(daicun: Daicun) -> Call:
    """Either of the two may say no: the other one's turn is tried in `test_taking_part_api`."""
    return a_help(daicun)


def a_group(daicun: Daicun, name: str = "一组") -> Group:
    return Group.of(daicun.town).get(village=daicun.village, name=name)


def quarter() -> str:
    return quarter_of((clock.now() + timedelta(hours=8)).date())


def drawn(daicun: Daicun) -> Call:
    group = a_group(daicun)
    draw_recheck(group, by=daicun.village.subject, now=clock.now())
    return Call({"village": daicun.village.id, "group": group.id}, query={"quarter": quarter()})


def an_errand(daicun: Daicun) -> Call:
    (cardholder,) = join_many(
        daicun.village, [Joining("99", "一组", "老何", has_phone=False)], by=daicun.town.subject, now=NOW
    )
    group = a_group(daicun)
    draw_recheck(group, by=daicun.village.subject, now=clock.now())
    (errand,) = errands_of(group, quarter())
    owner = next(name for name, who in daicun.people.items() if who.subject == errand.carrier)
    path = {"group": group.id, "resident": cardholder.id}
    return Call(path, {"found": "handed"}, query={"quarter": quarter()}, owner=owner)


def doubted(daicun: Daicun) -> Call:
    return Call({"group": a_group(daicun).id}, {"said": "一组没来这么多人"}, {"quarter": "2026Q1"})


def a_doubt(daicun: Daicun) -> Call:
    group = a_group(daicun)
    object_to_additions(daicun["王芳"], group, "2026Q1", "一组没来这么多人", now=NOW)
    body = {"found": "unfounded", "answer": "查过户口本，都在"}
    return Call({"objection": RosterObjection.of(daicun.town).get().id}, body)


def additions(daicun: Daicun) -> Call:
    return Call({"village": daicun.village.id}, query={"quarter": "2026Q1"})


DOORS = (
    Door("GET", "/activities/{activity}/place", RESIDENT, lambda d: at(coming(d))),
    Door("POST", "/activities/{activity}/place", RESIDENT, lambda d: at(coming(d), {"or_wait": True})),
    Door("DELETE", "/activities/{activity}/place", RESIDENT, a_place),
    Door("POST", "/activities/{activity}/place/confirmation", RESIDENT, a_place),
    Door("GET", "/me/places", RESIDENT),
    Door("GET", "/activities/{activity}/lot/slips", RESIDENT, a_drawn_lot),
    Door("POST", "/activities/{activity}/in", RESIDENT, a_code),
    Door("POST", "/activities/{activity}/out", RESIDENT, a_code_to_leave),
    Door("GET", "/me/presences", RESIDENT),
    Door("GET", "/activities/{activity}/code", LEADER, lambda d: at(running(d))),
    Door("GET", "/activities/{activity}/attendance", SECOND, lambda d: at(running(d))),
    Door("POST", "/activities/{activity}/ticks", LEADER, a_tick),
    Door("DELETE", "/activities/{activity}/ticks/{presence}", LEADER, a_tick_to_undo),
    Door("POST", "/activities/{activity}/confirmations", SECOND, a_tick_to_confirm),
    Door("POST", "/activities/{activity}/presence-claims", LEADER, lambda d: at(running(d))),
    Door("GET", "/activities/{activity}/places", LEADER, lambda d: at(coming(d))),
    Door("POST", "/activities/{activity}/places/{resident}", LEADER, somebody),
    Door("POST", "/activities/{activity}/lot", LEADER, a_lot_to_draw),
    Door("POST", "/activities/{activity}/sheets", LEADER, lambda d: at(running(d))),
    Door("GET", "/activities/{activity}/sheets", TYPIST, lambda d: at(running(d))),
    Door("POST", "/activities/{activity}/sheets/{slip}/photo", LEADER, a_sheet_to_photograph),
    Door("GET", "/activities/{activity}/sheets/{slip}/photo", TYPIST, lambda d: a_sheet(d, steps=1)),
    Door("GET", "/activities/{activity}/sheets/{slip}/lines", TYPIST, lambda d: a_sheet(d, steps=2)),
    Door("POST", "/activities/{activity}/sheets/{slip}/lines", TYPIST, a_sheet_to_type),
    Door("POST", "/activities/{activity}/sheets/{slip}/review", TYPIST, lambda d: a_sheet(d, steps=2)),
    Door("POST", "/activities/{activity}/sheets/{slip}/claims", LEADER, lambda d: a_sheet(d, steps=3)),
    Door("GET", "/villages/{village}/surveys", GUEST, lambda d: Call({"village": d.village.id})),
    Door("GET", "/villages/{village}/surveys/{survey}", GUEST, lambda d: public(opened(d), d)),
    Door("GET", "/villages/{village}/surveys/{survey}/results", GUEST, lambda d: public(closed(d), d)),
    Door("POST", "/surveys/{survey}/answers", RESIDENT, lambda d: Call({"survey": opened(d).id}, {"answers": {}})),
    Door("POST", "/activities/{activity}/surveys", OPENER, a_survey_to_draft),
    Door("GET", "/activities/{activity}/surveys", SECOND, a_survey_to_draft),
    Door("POST", "/surveys/{survey}/opening", OPENER, lambda d: Call({"survey": drafted(d).id})),
    Door("POST", "/surveys/{survey}/closing", OPENER, lambda d: Call({"survey": over(d).id})),
    Door("POST", "/surveys/{survey}/slips", OPENER, slips),
    Door("GET", "/surveys/{survey}/texts", OPENER, lambda d: Call({"survey": closed(d).id})),
    Door("GET", "/board", RESIDENT),
    Door("POST", "/board", RESIDENT, lambda d: Call(body={"says": "asked", "words": "修锁", "until": "2030-01-01"})),
    Door("DELETE", "/board/{note}", OWNER, a_note),
    Door("GET", "/me/helps", RESIDENT),
    Door("POST", "/helps", RESIDENT, lambda d: Call(body=some_help(d))),
    Door("POST", "/helps/{help_}/agreement", RESIDENT, a_help),
    Door("DELETE", "/helps/{help_}", RESIDENT, a_help_to_decline),
    Door(
        "GET",
        "/villages/{village}/roster-additions",
        GUEST,
        lambda d: Call({"village": d.village.id}, query={"quarter": "2026Q1"}),
    ),
    Door("POST", "/groups/{group}/roster-objections", RESIDENT, doubted),
    Door("GET", "/me/roster-objections", RESIDENT),
    Door("GET", "/roster-objections", "supervisor", lambda d: Call(query={"village": d.village.id})),
    Door("POST", "/roster-objections/{objection}/answer", "supervisor", a_doubt),
    Door("GET", "/villages/{village}/groups/{group}/recheck", GUEST, drawn),
    Door("POST", "/groups/{group}/recheck", "supervisor", lambda d: Call({"group": a_group(d).id})),
    Door("GET", "/me/errands", RESIDENT),
    Door("POST", "/groups/{group}/recheck/{resident}", RESIDENT, an_errand),
    Door("GET", "/me/looks", RESIDENT),
)
