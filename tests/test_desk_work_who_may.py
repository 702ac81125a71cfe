"""Every page of the rooms for work, tried by every role and with things of others; and what people write stays text."""

import csv
import io

import pytest
from django.test import Client

from gongfen.activities import sheets
from gongfen.activities.models import Activity, Claim, Objection, Sheet, TermsVersion
from gongfen.console import activity
from gongfen.console import sheets as console_sheets
from gongfen.console.work_urls import urlpatterns
from gongfen.people.acts import give_roles
from gongfen.people.founding import Joining, found_village, join_many
from gongfen.people.models import Resident, RoleName
from tests.desk import at_desk, signed_in
from tests.doors_earning import a_photo
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
ALL = ("organiser", "reviewer", "supervisor", "clerk", "treasurer", "auditor")
READS = {"organiser", "supervisor", "reviewer", "clerk", "auditor"}
MAKES = {"organiser", "supervisor"}
PAPER = {"organiser", "clerk", "reviewer"}
WHO = {"organiser", "supervisor", "reviewer"}
MAY = {
    "activities": READS, "activities/calendar": READS, "activities/new": MAKES, "activities/{a}": READS,
    "activities/{a}/edit": MAKES, "activities/{a}/poster.pdf": READS, "activities/{a}/results": READS,
    "activities/{a}/people": WHO, "activities/{a}/people/{verb}": WHO, "activities/{a}/names": {*WHO, "clerk"},
    "activities/{a}/tally": {"organiser"},
    "activities/{a}/sheets": PAPER, "activities/{a}/sheets/{slip}": PAPER, "activities/{a}/sheets/{slip}/photo": PAPER,
    "activities/{a}/sheets/{slip}/sheet.pdf": PAPER, "sheets": PAPER, "activities/{a}/{verb}": MAKES,
    "activities/{a}/surveys/new": MAKES, "activities/{a}/surveys/{s}": READS,
    "activities/{a}/surveys/{s}/paper.pdf": READS, "activities/{a}/surveys/{s}/slips": PAPER,
    "activities/{a}/surveys/{s}/{verb}": MAKES,
    "terms": READS, "terms/new": MAKES, "terms/{t}": READS, "terms/{t}/{verb}": READS,
    "review": {"reviewer"}, "review/photo/{e}": {"reviewer"}, "review/notice": READS,
    "review/corrections": {"reviewer", "supervisor"}, "review/corrections/{o}/{verb}": {"reviewer", "supervisor"},
    "review/rules": {"organiser", "supervisor", "reviewer", "auditor"}, "review/rules/{verb}": MAKES,
    "review/rechecks": {"supervisor", "reviewer", "auditor"}, "review/rechecks/{g}": {"supervisor"},
    "review/rechecks/objections/{o}": {"supervisor"},
}  # fmt: skip
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def life(life: Life, monkeypatch: pytest.MonkeyPatch) -> Life:
    found = life
    (auditor,) = join_many(
        found.village, [Joining("77", "一组", "auditor", is_head=True)], by=found.town.subject, now=found.now
    )
    auditor.town, found.people["auditor"] = found.town, auditor
    given = [(auditor, RoleName.AUDITOR, found.village)]
    give_roles(found.town, given, by=found.town.subject, approved_by=found.town.subject, now=found.now)
    for module, name in ((activity, "poster_pdf"), (console_sheets, "sheet_pdf")):
        monkeypatch.setattr(module, name, lambda *given: b"%PDF")  # drawn elsewhere; here only who may
    return found


def desks(life: Life, *who: str) -> dict[str, Client]:
    return {one: at_desk(life, one) for one in who or ALL}


def filled(route: str, activity: Activity, life: Life) -> str:
    """An address of the route, about this activity."""
    sheet = Sheet.of(activity.town_id).filter(activity=activity).first()
    terms = TermsVersion.of(activity.town_id).filter(host=activity.host).first()
    of = "?of=volunteering/common" if route == "terms/new" else ""
    values = {
        "a": activity.id,
        "slip": sheet.slip if sheet else "NOSUCH22",
        "t": terms.id if terms else 1,
        "e": 1,
        "s": 1,
    }
    return f"/desk/{route}".format(**values, o=1, g=life.li.group_id, verb="no-such-verb") + of


def test_the_table_holds_every_route() -> None:
    names = {
        "activity": "a",
        "slip": "slip",
        "terms": "t",
        "evidence": "e",
        "survey": "s",
        "objection": "o",
        "group": "g",
    }
    routes = set()
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        for name, short in (*names.items(), ("verb", "verb")):
            route = route.replace(f"<int:{name}>", f"{{{short}}}").replace(f"<str:{name}>", f"{{{short}}}")
        routes.add(route)
    assert routes == MAY.keys()


def test_every_role_opens_its_pages_and_no_others(life: Life) -> None:
    ditch = life.publish()
    sheet = sheets.print_sheet(ditch)
    sheets.photograph(sheet, a_photo(), by=life.clerk, now=life.now)
    for who, desk in desks(life).items():
        for route, may in MAY.items():
            address = filled(route, ditch, life)
            answer = desk.post(address) if "{verb}" in route or route.endswith("{g}") else desk.get(address)
            assert (answer.status_code == 403) == (who not in may), (who, route, answer.status_code)
    assert Client().get("/desk/activities").status_code == 302


def test_things_of_another_village_and_of_nowhere_stay_shut(life: Life) -> None:
    other = found_village(life.town, name="东山村", name_en="Dongshan", notice_days=5, now=life.now)
    people = join_many(
        other, [Joining(str(n), "一组", f"他乡{n}", is_head=True) for n in range(3)], by=life.town.subject, now=life.now
    )
    for one in people:
        one.town = life.town
    given = [(people[0], RoleName.ORGANISER, other), (people[1], RoleName.SUPERVISOR, other)]
    give_roles(life.town, given, by=life.town.subject, approved_by=life.town.subject, now=life.now)
    here = life.draft(title="本村的")
    strangers = [signed_in(one, life.now) for one in people[:2]]
    for desk in strangers:
        for route in MAY:
            if "{a}" in route:
                assert desk.get(filled(route, here, life)).status_code == 403, route
        for verb in ("approve", "drop", "publish"):
            assert desk.post(f"/desk/activities/{here.id}/{verb}").status_code == 403
        assert "本村的" not in desk.get("/desk/activities").content.decode()
        assert "共 0 条" in desk.get("/desk/terms").content.decode()
        terms = TermsVersion.of(life.town).filter(host=life.host).first()
        assert terms is not None
        assert desk.get(f"/desk/terms/{terms.id}").status_code == 404
    here.refresh_from_db()
    assert here.state == "draft"
    (organiser,) = desks(life, "organiser").values()
    for nowhere in (12, 1 << 62, 10**30):
        assert organiser.get(f"/desk/activities/{nowhere}").status_code == 404
        assert organiser.get(f"/desk/terms/{nowhere}").status_code == 404
        assert organiser.post(f"/desk/activities/{nowhere}/publish").status_code == 404


def evil_village(life: Life) -> Activity:
    """Everything that people may write says something evil."""
    text = {"title": EVIL[:60], "title_en": EVIL, "text": EVIL, "place": EVIL, "paper_path": EVIL, "payer": EVIL}
    ditch = life.publish(starts_at=life.now - DAY / 24)
    Activity.of(life.town).filter(id=ditch.id).update(**text)
    Resident.of(life.town).filter(name__in=("li", "wang", "zhao")).update(name=EVIL)
    first, second, third = (life.claim(ditch, who, minutes=60, note=EVIL) for who in ("li", "wang", "zhao"))
    life.refuse(first, by=life.second, reason=EVIL)
    life.appeal(first, "li", EVIL)
    life.approve(second, third, by=life.third)
    life.object(second, "chen", EVIL)
    life.days_pass(7)
    life.object(third, "chen", EVIL)
    sheet = sheets.print_sheet(ditch)
    sheets.photograph(sheet, a_photo(), by=life.clerk, now=life.now)
    ditch.refresh_from_db()
    return ditch


def test_what_people_write_stays_text_on_every_page(life: Life) -> None:
    ditch = evil_village(life)
    assert (
        Objection.of(life.town).filter(is_late=True).exists() and Claim.of(life.town).filter(state="appealed").exists()
    )
    clients = desks(life, "organiser", "reviewer", "supervisor", "clerk")
    seen = 0
    for route, may in MAY.items():
        address, desk = filled(route, ditch, life), clients[min(may - {"auditor"})]
        for lang in ("zh", "en"):
            joined = "&" if "?" in address else "?"
            shown = desk.get(f"{address}{joined}lang={lang}")
            if "html" in shown.headers["Content-Type"]:
                seen += shown.content.decode().count("&lt;script&gt;alert(1)")
                assert b"<script>alert" not in shown.content and b"<img src=x" not in shown.content, address
    assert seen > 20
    typed = {"lines": EVIL, "who": EVIL, "title": EVIL, "points": EVIL, "why": EVIL, "own_reason": EVIL * 9}
    sheet = Sheet.of(life.town).get()
    pages = (
        ("organiser", "/desk/activities/new", {"of": "volunteering/common", "key": EVIL}),
        ("organiser", "/desk/terms/new", {"of": "volunteering/common", "in_force_from": EVIL}),
        ("organiser", f"/desk/activities/{ditch.id}/people/tick", {}),
        ("organiser", f"/desk/activities/{ditch.id}/people/sign-up", {}),
        ("clerk", f"/desk/activities/{ditch.id}/sheets/{sheet.slip}", {"step": "lines"}),
        ("reviewer", "/desk/review", {"answer": "no", "claim": "1"}),
        ("reviewer", f"/desk/review?activity={EVIL}&state={EVIL}&done={EVIL}", {"answer": "no"}),
    )
    for who, address, more in pages:
        shown = clients[who].post(address, typed | more)
        assert b"<script>alert" not in shown.content and b"<img src=x" not in shown.content, address
        assert b"alert(1)" in shown.content, address  # what was typed is still there


def test_files_run_no_formula(life: Life) -> None:
    for first in "=+-@":
        life.publish(title=f"{first}HYPERLINK(1)", place=f"{first}1+1")
    (organiser,) = desks(life, "organiser").values()
    rows = list(csv.reader(io.StringIO(organiser.get("/desk/activities?as=csv").content.decode("utf-8-sig"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert sum("HYPERLINK" in cell for cell in cells) == 4
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
