"""Standing as its owner reads it, and the proofs they make of it."""

from datetime import date, timedelta

import pytest

from gongfen.journal.models import Act
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.reversal import Reason, reverse
from gongfen.people.models import Resident
from gongfen.rules.notice import village_day
from gongfen.standing import proofs
from gongfen.standing.models import Proof
from gongfen.standing.queries import StandingNotYet, own_record, recompute, recorded_of, standing_of
from tests.sharing import award
from tests.village import DAY, NOW, POINT, Daicun, daicun, founded

__all__ = ["daicun"]


def test_what_was_awarded_is_counted_with_or_without_points(daicun: Daicun) -> None:
    award(daicun, "王芳", 3 * POINT, minutes=180)
    award(daicun, "王芳", 0, kind="affairs", minutes=90)
    award(daicun, "王芳", 5 * POINT, minutes=300, grade="typed")
    award(daicun, "赵二", 5 * POINT, minutes=300)
    standing = standing_of(daicun["王芳"], NOW + DAY)
    assert standing.value == 9
    assert [line.because for line in standing.lines] == ["", "", "typed"]
    assert set(standing.by_kind) == {"volunteering", "affairs"}


def test_the_day_of_the_deed_counts_and_not_the_day_of_writing(daicun: Daicun) -> None:
    written = award(daicun, "王芳", 3 * POINT)
    (found,) = recorded_of(daicun.town, daicun["王芳"].subject)
    assert found.deed.day == village_day(NOW)
    assert found.deed.number == written.number
    with one_batch(daicun.town, NOW) as batch:
        facts = {"kind": "labor", "minutes": 480, "grade": "witnessed", "day": "2025-02-01", "activity": "7"}
        batch.act(key="award/7", verb="claim.award", by=1, about=daicun["赵二"].subject, facts=facts)
    (older,) = recorded_of(daicun.town, daicun["赵二"].subject)
    assert (older.deed.day, older.activity) == (date(2025, 2, 1), 7)
    assert standing_of(daicun["赵二"], NOW).value == 8


def test_a_reversed_award_is_not_counted(daicun: Daicun) -> None:
    written = award(daicun, "王芳", 3 * POINT)
    with one_batch(daicun.town, NOW) as batch:
        act = Act.of(daicun.town).get(id=written.id)
        reverse(batch, act, by=daicun["王芳"].subject, reason=Reason.CONSENT, key="right")
    one(batch.answers)
    assert standing_of(daicun["王芳"], NOW).lines == ()


def test_ones_own_export_makes_the_same_number(daicun: Daicun) -> None:
    award(daicun, "王芳", 3 * POINT, minutes=185)
    award(daicun, "王芳", POINT, kind="article", minutes=5)
    record = own_record(daicun["王芳"], NOW)
    assert record["value"] == recompute(record["lines"], date.fromisoformat(record["day"])) == 6


def test_a_proof_shows_the_picked_lines_until_it_expires(daicun: Daicun) -> None:
    one_line = award(daicun, "王芳", 3 * POINT, minutes=180)
    award(daicun, "王芳", 5 * POINT, minutes=300)
    wang = daicun["王芳"]
    proof = proofs.make(wang, numbers=[one_line.number], purpose="租房", days=7, key="k1", now=NOW)
    again = proofs.make(wang, numbers=[one_line.number], purpose="租房", days=7, key="k1", now=NOW + DAY)
    assert again.id == proof.id
    seen = proofs.check(daicun.town, proofs.code_of(proof).lower(), now=NOW + 6 * DAY)
    assert (seen.name, seen.purpose, seen.value, seen.is_right) == ("王芳", "租房", None, True)
    assert [line["number"] for line in seen.lines] == [one_line.number]
    text = proofs.signed_text(proof, "王芳")
    assert proofs.verify_elsewhere(text, seen.signature, seen.public_key)
    assert not proofs.verify_elsewhere(text.replace(b"180", b"980"), seen.signature, seen.public_key)
    with pytest.raises(proofs.NoSuchProof):
        proofs.check(daicun.town, proofs.code_of(proof), now=NOW + 7 * DAY)


def test_its_owner_ends_a_proof_and_nobody_else(daicun: Daicun) -> None:
    line = award(daicun, "王芳", 3 * POINT)
    proof = proofs.make(daicun["王芳"], numbers=[line.number], purpose="?", days=7, key="k1", now=NOW)
    with pytest.raises(proofs.NoSuchProof):
        proofs.end(daicun["韩监督"], proof.id, now=NOW)
    proofs.end(daicun["王芳"], proof.id, now=NOW)
    proofs.end(daicun["王芳"], proof.id, now=NOW)
    with pytest.raises(proofs.NoSuchProof):
        proofs.check(daicun.town, proofs.code_of(proof), now=NOW)


def test_a_guessed_code_and_one_of_another_town_show_nothing(daicun: Daicun) -> None:
    line = award(daicun, "王芳", 3 * POINT)
    proof = proofs.make(daicun["王芳"], numbers=[line.number], purpose="?", days=7, key="k1", now=NOW)
    elsewhere = founded(code=28, name="浦阳")
    for code in ("", "x", str(proof.id), f"{proof.id}-AAAA", "9" * 30, f"{proof.id}-信用"):
        with pytest.raises(proofs.NoSuchProof):
            proofs.check(daicun.town, code, now=NOW)
    with pytest.raises(proofs.NoSuchProof):
        proofs.check(elsewhere.town, proofs.code_of(proof), now=NOW)


def test_lines_purpose_and_days_must_be_there(daicun: Daicun) -> None:
    line = award(daicun, "王芳", 3 * POINT)
    other = award(daicun, "赵二", 3 * POINT)
    for numbers, purpose, days, no in (
        ([], "租房", 7, proofs.NoLines),
        ([line.number, other.number], "租房", 7, proofs.NoSuchLine),
        ([line.number], "  ", 7, proofs.NoPurpose),
        ([line.number], "租" * 61, 7, proofs.NoPurpose),
        ([line.number], "租\x00房", 7, proofs.NoPurpose),
        ([line.number], "租房", 0, proofs.BadDays),
        ([line.number], "租房", 31, proofs.BadDays),
    ):
        with pytest.raises(no):
            proofs.make(daicun["王芳"], numbers=numbers, purpose=purpose, days=days, key="k", now=NOW)
    assert not Proof.of(daicun.town).exists()


def test_twenty_proofs_are_enough(daicun: Daicun) -> None:
    line = award(daicun, "王芳", 3 * POINT)
    for n in range(20):
        proofs.make(daicun["王芳"], numbers=[line.number], purpose="租房", days=7, key=f"k{n}", now=NOW)
    with pytest.raises(proofs.TooManyProofs):
        proofs.make(daicun["王芳"], numbers=[line.number], purpose="租房", days=7, key="more", now=NOW)
    assert len(proofs.proofs_of(daicun["王芳"], NOW)) == 20
    assert proofs.forget(daicun.town, now=NOW + timedelta(days=60)) == 20


def test_who_leaves_takes_the_proofs_along(daicun: Daicun) -> None:
    line = award(daicun, "王芳", 3 * POINT)
    proof = proofs.make(daicun["王芳"], numbers=[line.number], purpose="?", days=7, key="k1", now=NOW)
    Resident.of(daicun.town).filter(name="王芳").update(left_at=NOW)
    with pytest.raises(proofs.NoSuchProof):
        proofs.check(daicun.town, proofs.code_of(proof), now=NOW)
    assert proofs.forget(daicun.town, subject=daicun["王芳"].subject) == 1


@pytest.mark.parametrize("name", ["王小刘", "王小明"])
def test_under_18_there_is_no_standing_and_no_proof(daicun: Daicun, name: str) -> None:
    with pytest.raises(StandingNotYet):
        standing_of(daicun[name], NOW)
    with pytest.raises(StandingNotYet):
        own_record(daicun[name], NOW)
    with pytest.raises(StandingNotYet):
        proofs.make(daicun[name], numbers=[1], purpose="?", days=7, key="k", now=NOW)
