"""The auditor's room and the closes: read, not changed; two people sign; what somebody altered is found."""

import csv
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

import gongfen
from gongfen import cli
from gongfen.fund.acts import MoneyIn, record_slip
from gongfen.journal.models import Act
from gongfen.ledger.audit import audit
from gongfen.ledger.models import Account, Checkpoint, Close
from gongfen.people.founding import found_village
from gongfen.people.models import Resident
from gongfen.rules.posting import Address, Kind
from gongfen.shops.models import What
from gongfen.statements.verify_bundle import differences
from gongfen.town import clock
from gongfen.words.verbs import VERBS
from tests.desk import signed_in
from tests.sharing import award
from tests.village import NOW, POINT, YUAN, Daicun

pytestmark = pytest.mark.django_db
APRIL = datetime.fromisoformat("2026-04-02T09:00:00+08:00")


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def sits(daicun: Daicun, who: str) -> Client:
    person = Resident.of(daicun.town).select_related("town", "village").get(name=who)
    return signed_in(person, clock.now())


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def test_the_bundle_comes_with_one_press_and_is_ok(daicun: Daicun, tmp_path: Path) -> None:
    answer = sits(daicun, "孙审计").get("/desk/books/bundle")
    place = tmp_path / "bundle.zip"
    place.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]  # it is streamed
    answer.close()
    assert answer["Content-Disposition"].endswith('.zip"')
    assert list(differences(place)) == []
    with zipfile.ZipFile(place) as file:
        assert "approvals.csv" in file.namelist()


def test_the_command_makes_the_same_bundle(daicun: Daicun, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "bundle.zip"
    assert cli.main(["export", "bundle", str(place), "--town", str(daicun.town.code)]) == 0
    assert list(differences(place)) == []
    with pytest.raises(SystemExit):
        cli.main(["export", "bundle"])
    assert capsys.readouterr().err


def test_accounts_of_the_village_are_read_and_those_of_residents_are_not(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    auditor = sits(daicun, "孙审计")
    shown = text(auditor, "/desk/books")
    assert "王芳" not in shown and str(daicun["王芳"].subject) not in shown
    fund = Address(Kind.FUND, daicun.village.subject).account
    assert "钱进基金" in text(auditor, f"/desk/books/{fund}")
    text(auditor, f"/desk/books/{fund}?before=nonsense")
    own = Address(Kind.POINTS, daicun["王芳"].subject).account
    assert Account.of(daicun.town).filter(id=own).exists()
    text(auditor, f"/desk/books/{own}", 404)
    text(auditor, f"/desk/books/{Address(Kind.FUND, 5).account}", 404)


def test_acts_are_found_by_number_verb_day_and_who(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    auditor = sits(daicun, "孙审计")
    supervisor = daicun["韩监督"].subject

    def found(asked: str) -> set[str]:
        rows = csv.DictReader(io.StringIO(text(auditor, f"/desk/books/acts?as=csv&{asked}").lstrip("\ufeff")))
        return {row["代号"] for row in rows}

    assert found("verb=money.receive") == {"money.receive"}
    assert found(f"by={supervisor}") == {"money.receive"}
    assert found("number=1") == {"town.found"}
    assert found("q=award/") == {"claim.award"}
    assert found("since=2026-03-18&until=2026-03-18&verb=claim.award") == {"claim.award"}
    assert found("until=2026-03-17") == set()
    assert found("q=工分到账") == found("q=Points awarded") == {"claim.award"}
    shown = text(auditor, f"/desk/books/acts?verb=money.receive&since=2026-03-01&by={supervisor}")
    assert "韩监督" in shown and 'name="since" value="2026-03-01"' in shown
    assert str(daicun["王芳"].subject) in text(auditor, "/desk/books/acts?verb=claim.award")
    for nonsense in ("since=yesterday", "number=x", "by=x", "verb=%00", "number=99999999999999999999"):
        assert auditor.get(f"/desk/books/acts?{nonsense}").status_code in (200, 422), nonsense


def test_an_audit_now_says_what_differs(daicun: Daicun) -> None:
    auditor = sits(daicun, "孙审计")
    assert "分文不差" in auditor.post("/desk/books/audit").content.decode()
    assert Checkpoint.of(daicun.town).get().is_full
    fund = Address(Kind.FUND, daicun.village.subject).account
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET balance = balance + 100 WHERE id = %s", [fund])
    assert "处对不上" in auditor.post("/desk/books/audit").content.decode()


def test_the_auditor_reads_and_changes_nothing(daicun: Daicun) -> None:
    slip = record_slip(
        daicun["周会计"], daicun.village.subject, MoneyIn("单-9", "镇政府", 100 * YUAN, NOW.date()), now=NOW
    )
    auditor = sits(daicun, "孙审计")
    before = Act.of(daicun.town).count()
    for room in ("/desk/money", "/desk/money/settlements", "/desk/runs", "/desk/money/closes", "/desk/books"):
        shown = text(auditor, room)
        forms = [one for one in shown.split('<form method="post" action="')[1:] if not one.startswith("/desk/sign-out")]
        assert [one.split('"')[0] for one in forms] in ([], ["/desk/books/audit"]), room
    presses = ("money/slips", f"money/slips/{slip.id}", "money/settlements/prepare", "runs/draft",
               "money/closes/prepare", "money/statement/apply")  # fmt: skip
    for press in presses:
        assert auditor.post(f"/desk/{press}", {"answer": "yes"}).status_code == 403, press
    assert Act.of(daicun.town).count() == before


@pytest.mark.parametrize("who", ["林队长", "吴审核", "钱文书"])
def test_the_books_are_for_those_who_answer_for_them(daicun: Daicun, who: str) -> None:
    client = sits(daicun, who)
    for room in ("/desk/books", "/desk/books/acts", "/desk/books/bundle", "/desk/money/closes"):
        assert client.get(room).status_code == 403, room


def test_in_a_town_of_many_villages_the_books_are_for_the_towns_own_staff(daicun: Daicun) -> None:
    found_village(daicun.town, name="别的村", now=NOW)
    assert sits(daicun, "孙审计").get("/desk/books/bundle").status_code == 403


def test_a_month_is_closed_by_two(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: APRIL)
    treasurer, supervisor = sits(daicun, "周会计"), sits(daicun, "韩监督")
    assert 'value="2026-03"' in text(treasurer, "/desk/money/closes")
    for _ in range(2):
        assert treasurer.post("/desk/money/closes/prepare", {"period": "2026-03"}).status_code == 303
    close = Close.of(daicun.town).get()
    assert "¥9,000.00" in text(supervisor, f"/desk/money/closes/{close.id}")
    assert treasurer.post(f"/desk/money/closes/{close.id}/sign").status_code == 403
    for _ in range(2):
        assert supervisor.post(f"/desk/money/closes/{close.id}/sign").status_code == 303
    assert Act.of(daicun.town).filter(verb="books.close").count() == 1
    assert treasurer.get(f"/desk/money/closes/{close.id}.pdf").content.startswith(b"%PDF")
    again = treasurer.post("/desk/money/closes/prepare", {"period": "2026-03"})
    assert again.status_code == 422 and "签过字" in again.content.decode()
    daicun.receive(10 * YUAN, "later")
    assert audit(daicun.town, full=True).passed
    Close.of(daicun.town).update(sums=close.sums | {"fund": 1})
    assert [one.code for one in audit(daicun.town, full=True).differences] == ["close_differs"]
    Close.of(daicun.town).update(sums=close.sums, number=1 << 33)
    assert "close_differs" in {one.code for one in audit(daicun.town, full=True).differences}


@pytest.mark.parametrize("typed", ["2026-13", "三月", "2026-04", "2026", "", "<b>x</b>", "２０２５"])
def test_a_period_that_cannot_be_closed_is_said_and_kept(
    daicun: Daicun, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: APRIL)
    answer = sits(daicun, "周会计").post("/desk/money/closes/prepare", {"period": typed})
    assert answer.status_code == 422
    assert "<b>x" not in answer.content.decode()
    assert not typed.isalnum() or typed in answer.content.decode()
    assert not Close.of(daicun.town).exists()


def test_the_preparer_does_not_sign_even_as_supervisor(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: APRIL)
    sits(daicun, "周会计").post("/desk/money/closes/prepare", {"period": "2026-03"})
    close = Close.of(daicun.town).get()
    Resident.of(daicun.town).filter(name="韩监督").update(household=daicun["周会计"].household, is_head=False)
    answer = sits(daicun, "韩监督").post(f"/desk/money/closes/{close.id}/sign")
    assert answer.status_code == 422
    assert Close.of(daicun.town).get().act_id is None


def test_every_act_has_a_name_in_both_languages() -> None:
    source = "".join(file.read_text() for file in Path(gongfen.__file__).parent.rglob("*.py"))
    plain = set(re.findall(r'verb="([a-z_.]+)"', source))
    asked = {str(what) for what in What} | {f"{what}.ask" for what in What}
    assert (plain | asked) - VERBS.keys() == set()
    assert all(zh and en and zh != en for zh, en in VERBS.values())
