"""A survey at the desk: written question by question, looked at, opened, answered, and its figures after the close."""

import csv
import io
import re
from datetime import timedelta

import pytest

from gongfen import prints
from gongfen.activities import surveys
from gongfen.activities.models import Activity, Envelope, SlipPile, Survey
from gongfen.people.founding import Joining, join_many
from gongfen.people.models import Resident
from tests.desk import at_desk
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
LAMPS = {
    "title": "路灯", "last_day": "2026-10-20", "until": "20:00", "many": "3", "key": "k1",
    "number_1": "2", "asks_1": "text", "zh_1": "还想说", "only_if_1": "1", "answers_1": "不要",
    "number_2": "1", "asks_2": "one", "zh_2": "要路灯吗", "en_2": "Lamps?", "options_2": "要 | Yes\n不要｜No\n",
    "number_3": "3", "asks_3": "number", "zh_3": "几点关", "least_3": "0", "most_3": "24", "bands_3": "0、22",
}  # fmt: skip


def write(life: Life, activity: Activity, who: str = "organiser", **more: str) -> tuple[int, str]:
    """What the desk answers to a form that was sent: its status and its page."""
    sent = at_desk(life, who).post(f"/desk/activities/{activity.id}/surveys/new", LAMPS | more)
    return sent.status_code, sent.content.decode()


def beside(shown: str, field: str) -> str:
    """The no that stands beside a field."""
    found = re.search(rf'id="w-{field}">✗ (.*?)</p>', shown)
    return found[1] if found else ""


def neighbours(life: Life, many: int) -> list[Resident]:
    homes = [Joining(str(100 + n), "一组", f"邻居{n}", is_head=True) for n in range(many)]
    found = join_many(life.village, homes, by=life.town.subject, now=life.now)
    for one in found:
        one.town = life.town
    return found


def test_a_question_more_keeps_all_that_was_typed_and_writes_nothing(life: Life) -> None:
    meeting = life.publish()
    status, shown = write(life, meeting, more="1", until="25:00")
    assert status == 200 and 'name="many" value="4"' in shown and 'name="zh_4"' in shown
    for typed in ("要路灯吗", "不要｜No", 'value="0、22"', 'value="25:00"'):
        assert typed in shown
    assert 'name="number_4" type="text" inputmode="numeric" maxlength="2" value="4"' in shown
    assert shown.index("要路灯吗") < shown.index('value="还想说"')  # by their numbers
    assert not Survey.of(life.town).exists()


def test_it_is_looked_at_kept_opened_and_closed_with_small_cells_hidden(life: Life) -> None:
    paid, organiser = life.publish("survey", "survey"), at_desk(life, "organiser")
    status, shown = write(life, paid, look="1")
    assert status == 200 and "村民看到的" in shown and "只问第 1 题答了这些的人：不要" in shown
    assert not Survey.of(life.town).exists()
    assert [write(life, paid, keep="1")[0] for _ in range(2)] == [303, 303]
    survey = Survey.of(life.town).get()  # pressed twice it is one draft
    assert survey.pays and [one["code"] for one in survey.questions] == ["q1", "q2", "q3"]
    here = f"/desk/activities/{paid.id}/surveys/{survey.id}"
    assert f'href="{here}"' in organiser.get(f"/desk/activities/{paid.id}").content.decode()
    for _ in range(2):
        assert organiser.post(f"{here}/open").status_code == 303
    open_now = surveys.find_survey(life.town, survey.id)
    assert open_now.state == "open"
    for n, one in enumerate(neighbours(life, 34)):
        given = {"q1": "a1" if n < 22 else "a2", "q2": "太亮", "q3": 23}
        surveys.hand_in(open_now, one, given, key=f"try-{n}", now=life.now)
    assert "结果</h2>" not in organiser.get(here).content.decode()
    assert organiser.get(f"{here}?as=csv").headers["Content-Type"].startswith("text/html")
    assert organiser.post(f"{here}/close").status_code == 422
    life.now += 12 * DAY
    assert at_desk(life, "organiser").post(f"{here}/close").status_code == 303
    told = at_desk(life, "reviewer").get(here).content.decode()
    assert re.search(r'<td>要</td><td class="number">22</td>', told)
    assert re.search(r'<td>不要</td><td class="number"><span class="quiet">不公布', told)
    assert "太亮" not in told and "太亮" in at_desk(life, "organiser").get(here).content.decode()
    file = at_desk(life, "reviewer").get(f"{here}?as=csv").content.decode("utf-8-sig")
    names, values = csv.reader(io.StringIO(file))
    assert names[:4] == ["q1.a1", "q1.a2", "q1.prefer_not", "q1.blank"] and names[-4:-2] == ["q3.from_0", "q3.from_22"]
    assert values[:2] == ["22", ""]


NOES = (
    ("title", {"title": ""}),
    ("last_day", {"last_day": "2026-10-01"}),
    ("until", {"until": "26:00"}),
    ("zh_2", {"zh_2": ""}),
    ("options_2", {"options_2": "要"}),
    ("options_2", {"options_2": "要\n要"}),
    ("only_if_1", {"answers_1": "也许"}),
    ("only_if_1", {"only_if_1": "3"}),
    ("number_2", {"number_1": "1"}),
    ("most_3", {"most_3": ""}),
    ("bands_3", {"bands_3": "9 5"}),
    ("bands_3", {"bands_3": "五"}),
)


def handed_in_on_paper(life: Life, many: int) -> str:
    """An open survey whose paper box holds so many slips; the address of their page."""
    paid, organiser = life.publish("survey", "survey"), at_desk(life, "organiser")
    write(life, paid, keep="1")
    survey = Survey.of(life.town).get()
    here = f"/desk/activities/{paid.id}/surveys/{survey.id}"
    organiser.post(f"{here}/open")
    Survey.of(life.town).filter(id=survey.id).update(paper_receipts=many)
    return f"{here}/slips"


def test_slips_of_the_paper_box_are_typed_by_two_and_lie_in_the_sealed_box(life: Life) -> None:
    room, clerk = handed_in_on_paper(life, 3), at_desk(life, "clerk")
    assert f'href="{room}"' in clerk.get(room.removesuffix("/slips")).content.decode()
    shown = clerk.get(room).content.decode()
    assert "<strong>3 张</strong>" in shown and "<li>要" in shown
    wrong = clerk.post(room, {"lines": "1 - 23\n3 - 2"})
    assert wrong.status_code == 422 and "第 2 行第 1 题" in wrong.content.decode() and "3 - 2" in wrong.content.decode()
    assert clerk.post(room, {"lines": "1 - 1\n" * 4}).status_code == 422, "never more than were handed in"
    kept = clerk.post(room, {"lines": "1 - 23\n\n2 太亮 x\n- - -"})
    assert kept.url == f"{room}?kept=3"
    assert "2 太亮 x" in clerk.get(room).content.decode(), "one mends what one typed"
    assert "张纸质答卷" not in clerk.get("/desk/").content.decode()
    sealed = bytes(SlipPile.of(life.town).get().sealed)
    assert "太亮".encode() not in sealed and not Envelope.of(life.town).exists()
    reviewer = at_desk(life, "reviewer")
    waits = reviewer.get("/desk/").content.decode()
    assert "张纸质答卷等录入" in waits and f'href="{room}"' in waits
    shown = reviewer.get(f"{room}?lang=en").content.decode()
    assert "clerk typed 3 slips" in shown and "太亮" not in shown, "nobody copies the first typing"
    differ = reviewer.post(room, {"lines": "2 太亮 x\n1 - 22\n- - -"})
    assert differ.status_code == 422 and "second typing" not in differ.content.decode()
    assert "that the first has not: 2;" in differ.content.decode()
    done = reviewer.post(room, {"lines": "2 太亮 x\n- - -\n1 - 23"})
    assert done.url == f"{room}?in=3"
    survey = Survey.of(life.town).get()
    assert (survey.paper_slips, Envelope.of(life.town).count(), SlipPile.of(life.town).count()) == (3, 3, 0)
    assert "没有要录的" in clerk.get(room).content.decode()


def test_a_survey_is_printed_for_the_paper_box_and_every_copy_is_alike(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = handed_in_on_paper(life, 3).removesuffix("slips")
    told: list[prints.Questionnaire] = []
    drawn = prints.questionnaire
    monkeypatch.setattr(prints, "questionnaire", lambda one: told.append(one) or drawn(one))
    clerk = at_desk(life, "clerk")
    assert f'href="{room}paper.pdf"' in clerk.get(room.rstrip("/")).content.decode()
    papers = [clerk.get(f"{room}paper.pdf?lang={lang}").content for lang in ("zh", "zh", "en")]
    assert papers[0] == papers[1] and all(paper.startswith(b"%PDF") for paper in papers)
    zh, _, en = told
    assert (zh.questions[0].words, list(zh.questions[0].options)) == ("要路灯吗", ["要", "不要"])
    assert (zh.questions[1].room, zh.questions[1].only) == ("text", "第 1 题答了这些的才填：不要")
    assert en.village == "Liuxi" and list(en.questions[0].options) == ["Yes", "No"]


def test_a_table_of_one_household_does_not_type_a_pile_twice(life: Life) -> None:
    room, clerk = handed_in_on_paper(life, 2), at_desk(life, "clerk")
    assert clerk.post(room, {"lines": " \n"}).status_code == 422
    assert clerk.post(room, {"lines": "1 - 23"}).status_code == 303
    Resident.of(life.town).filter(name="reviewer").update(household=life.clerk.household_id, is_head=False)
    assert at_desk(life, "reviewer").post(room, {"lines": "1 - 23"}).status_code == 422
    assert clerk.post(room, {"lines": "2 不了 1"}).status_code == 303, "typed anew by oneself it is still the first"
    assert SlipPile.of(life.town).count() == 1 and not Envelope.of(life.town).exists()
    life.now += 40 * DAY
    surveys.close_due(life.town, now=life.now)
    assert not SlipPile.of(life.town).exists(), "what only one person typed counts for nothing"


def test_a_no_stands_beside_its_field(life: Life) -> None:
    ditch = life.publish()
    for field, typed in NOES:
        status, shown = write(life, ditch, keep="1", **typed)
        assert status == 422 and beside(shown, field), (field, typed)
    assert not Survey.of(life.town).exists()


def test_empty_questions_do_not_count_and_one_at_least_is_asked(life: Life) -> None:
    ditch = life.publish()
    assert write(life, ditch, keep="1", many="5")[0] == 303
    assert len(Survey.of(life.town).get().questions) == 3
    none = {f"{part}_{at}": "" for part in ("zh", "en", "options") for at in (1, 2, 3)}
    assert "至少写一道题" in beside(write(life, ditch, keep="1", **none)[1], "zh_1")


def test_another_like_it_is_filled_in_already(life: Life) -> None:
    ditch = life.publish()
    write(life, ditch, keep="1")
    first = Survey.of(life.town).get()
    form = f"/desk/activities/{ditch.id}/surveys/new?copy={first.id}&lang=en"
    shown = at_desk(life, "organiser").get(form).content.decode()
    assert "要 | Yes\n不要 | No" in shown and 'value="0 22"' in shown and ">不要</textarea>" in shown
    assert "One more question" in shown


def test_drafts_are_for_who_writes_them_and_what_is_typed_stays_text(life: Life) -> None:
    ditch = life.publish()
    assert write(life, ditch, keep="1", who="reviewer")[0] == 403
    evil = "<script>alert(1)</script>"
    assert evil not in write(life, ditch, look="1", zh_2=evil, options_2=f"{evil}\n好", answers_1=evil)[1]
    write(life, ditch, keep="1", zh_2=evil)
    here = f"/desk/activities/{ditch.id}/surveys/{Survey.of(life.town).get().id}"
    assert evil not in at_desk(life, "supervisor").get(here).content.decode()
    reviewer = at_desk(life, "reviewer")
    assert reviewer.get(here).status_code == 404
    assert reviewer.post(f"{here}/open").status_code == 403
    other = life.publish(title="别的", ends_at=life.now + timedelta(days=2))
    assert at_desk(life, "organiser").get(here.replace(str(ditch.id), str(other.id))).status_code == 404
