"""R23: leaving pays out, hands over the record and erases the person within 30 days, and the books still balance."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gongfen.activities import neighbours
from gongfen.activities.models import Evidence
from gongfen.clockwork import turn
from gongfen.ledger.audit import audit
from gongfen.ledger.models import Account
from gongfen.office import leaving
from gongfen.people.acts import consent, give_roles, sign_in
from gongfen.people.at_the_office import Leaving
from gongfen.people.founding import Joining, join_many
from gongfen.people.joining import ask_to_join, confirm_request
from gongfen.people.looks import looked
from gongfen.people.models import Device, Group, Resident, RoleName
from gongfen.rules.posting import Kind
from gongfen.shops.merchants import MerchantToList, list_merchants
from gongfen.shops.models import Merchant
from gongfen.standing import proofs
from gongfen.wechat.models import WeChatLink
from tests.desk import open_account_of
from tests.earning_life import DAY
from tests.pages_village import Visit
from tests.taking_part import picture

pytestmark = pytest.mark.django_db
PLANTED = "甄不留"  # a name that stands nowhere else
WORDS = "紫云英与芦苇"  # what only this person wrote


def every_text() -> dict[str, str]:
    """Every row of every table as text: what somebody with the whole database could search."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = "\n".join(str([_seen(cell) for cell in row]) for row in cursor.fetchall())
    return found


def _seen(cell: Any) -> str:
    raw = bytes(cell) if isinstance(cell, memoryview | bytes) else str(cell).encode()
    text = raw.decode("utf-8", "ignore")
    return text.encode().decode("unicode_escape", "ignore") + text if "\\u" in text else text


def tables_with(text: str) -> list[str]:
    return sorted(table for table, rows in every_text().items() if text in rows)


def totals(visit: Visit) -> dict[str, int]:
    """Points and money by kind of account."""
    rows = Account.of(visit.life.town).values_list("kind", "balance")
    return {kind.name: sum(balance for k, balance in rows if k == kind) for kind in Kind}


def newcomer(visit: Visit) -> Resident:
    """Somebody who asked to join, was confirmed, and has left a word in every room."""
    life = visit.life
    asked = ask_to_join(
        life.village, name=PLANTED, household_number="99", age_band="adult", secret="s" * 40, now=life.now
    )
    group = Group.of(life.town).get(name="一组")
    confirm_request(life.clerk, asked.id, group=group, now=life.now)
    person = Resident.of(life.town).get(name=PLANTED)
    person.town, person.village = life.town, life.village
    Resident.of(life.town).filter(id=person.id).update(nickname=f"阿{PLANTED}")
    life.people[PLANTED] = person
    visit.tokens[PLANTED] = "browser of who leaves"
    sign_in(person, visit.tokens[PLANTED], label="browser", now=life.now)
    return person


@pytest.fixture
def gone(visit: Visit) -> Visit:
    """Everything that a person may leave behind."""
    life, person = visit.life, newcomer(visit)
    visit.earned(PLANTED, 2)
    visit.token(PLANTED)
    phone = Client(headers={"Authorization": f"Bearer {visit.token(PLANTED)}", "Idempotency-Key": "a-key-of-phone"})
    assert phone.post("/api/v1/evidence", {"photo": io.BytesIO(picture())}).status_code < 300
    refused = life.claim(life.publish("labor", "unpaid", title="修塘"), PLANTED, grade="typed", day="half")
    life.refuse(refused, reason=f"{PLANTED}没有来")
    life.appeal(refused, PLANTED, said=WORDS)
    neighbours.post_note(person, "asked", WORDS, until=(life.now + DAY).date(), key="note", now=life.now)
    phones = Device.of(life.town).filter(resident=person)
    WeChatLink.objects.create(town=life.town, device=phones[0], openid_hash=b"w" * 32)
    consent(person, "photos", given=True, now=life.now)
    looked(life.clerk, [person], "people", now=life.now)
    number = phone.get("/api/v1/me/standing").json()["lines"][0]["number"]
    proofs.make(person, numbers=[number], purpose=WORDS, days=30, key="proof", now=life.now)
    shop = MerchantToList(name="旧杂货", owner=person.id, village=life.village.id, payee=PLANTED, account="6222020100")
    list_merchants(life.town, [shop], life.clerk.subject, life.now)
    Merchant.of(life.town).filter(name="旧杂货").update(listed=False)
    give_roles(
        life.town, [(person, RoleName.ORGANISER, life.village)], by=life.town.subject, approved_by=life.town.subject,
        now=life.now,
    )  # fmt: skip
    open_account_of(person, life.clerk, life.now)
    turn(now=life.now)
    assert {"activities_claim", "auth_user", "people_joinrequest", "shops_merchant"} <= set(tables_with(PLANTED))
    assert {"activities_appeal", "activities_helpnote", "standing_proof"} <= set(tables_with(WORDS))
    return visit


def test_who_leaves_takes_the_record_away_and_is_paid_out(gone: Visit) -> None:
    life, person = gone.life, gone.who(PLANTED)
    answer = Client(headers={"Authorization": f"Bearer {gone.token(PLANTED)}"}).get("/api/v1/me/export")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        told = json.loads(packed.read("record.json"))
        assert told["person"]["name"] == PLANTED and len(told["standing"]) == 2
        assert [appeal["said"] for appeal in told["appeals"]] == [WORDS]
        assert "修水渠" in packed.read("statement.csv").decode()
        assert any(name.startswith("photos/") for name in packed.namelist())
    asked = leaving.ask_to_leave(person, by=person.subject, now=life.now)
    assert leaving.ask_to_leave(person, by=person.subject, now=life.now).id == asked.id
    assert life.points(PLANTED) == 1_600
    leaving.pay_out(life.treasurer, asked.id, now=life.now)
    assert life.points(PLANTED) == 0
    with pytest.raises(leaving.PaidOutAlready):
        leaving.pay_out(life.treasurer, asked.id, now=life.now)
    with pytest.raises(leaving.NotYourRole):
        leaving.approve(life.treasurer, asked.id, now=life.now)
    outside = totals(gone)["OUTSIDE"]
    leaving.approve(life.supervisor, asked.id, now=life.now)
    assert totals(gone)["OUTSIDE"] == outside + 160_000
    assert audit(life.town, full=True).passed


def test_after_thirty_days_nothing_names_the_person_and_the_books_balance(gone: Visit) -> None:
    life, person = gone.life, gone.who(PLANTED)
    before = totals(gone)
    asked = leaving.ask_to_leave(person, by=person.subject, now=life.now)
    turn(now=asked.erase_at - timedelta(minutes=1))
    assert tables_with(PLANTED), "not a minute early: it can still be taken back"
    turn(now=asked.erase_at)
    assert asked.erase_at - asked.asked_at < timedelta(days=30)
    assert tables_with(PLANTED) == [] and tables_with(WORDS) == []
    row = Resident.of(life.town).get(id=person.id)
    assert bytes(row.salt) == b"" and row.household.number == "" and row.left_at == asked.erase_at
    assert not Evidence.of(life.town).filter(resident=person).exists()
    assert not Device.of(life.town).filter(resident=person).exists()
    assert WeChatLink.of(life.town).count() == 0, "what hangs on a phone goes with it"
    owed = Leaving.of(life.town).get(id=asked.id).owed
    after = totals(gone)
    assert owed == 160_000 == after["TRANSIT"] - before["TRANSIT"]
    assert after["POINTS"] == before["POINTS"] - 1_600 and sum(after.values()) == sum(before.values()) == 0
    assert audit(life.town, full=True).passed
    assert Client(headers={"Authorization": f"Bearer {gone.token(PLANTED)}"}).get("/api/v1/me").status_code == 401


def test_who_holds_the_slip_is_paid_after_the_erasing(gone: Visit) -> None:
    life, person = gone.life, gone.who(PLANTED)
    asked = leaving.ask_to_leave(person, by=person.subject, now=life.now)
    turn(now=asked.erase_at)
    leaving.pay_out(life.treasurer, asked.id, now=asked.erase_at)
    leaving.approve(life.supervisor, asked.id, now=asked.erase_at)
    assert totals(gone)["TRANSIT"] == 0 and Leaving.of(life.town).get(id=asked.id).owed == 0
    assert audit(life.town, full=True).passed


def test_what_comes_in_late_follows_on_the_same_slip(gone: Visit) -> None:
    life, person = gone.life, gone.who(PLANTED)
    life.now += DAY
    late = life.claim(
        life.publish("labor", "unpaid", title="栽树"), PLANTED, grade="witnessed", by=life.clerk, day="whole"
    )
    asked = leaving.ask_to_leave(person, by=person.subject, now=life.now)
    life.now = asked.erase_at
    turn(now=life.now)
    owed = Leaving.of(life.town).get(id=asked.id).owed
    life.approve(late)
    turn(now=life.now + 10 * DAY)
    turn(now=life.now + 10 * DAY)
    assert Leaving.of(life.town).get(id=asked.id).owed == owed + 120_000, "the day, and the appeal that nobody answered"
    assert audit(life.town, full=True).passed


def test_leaving_can_be_taken_back_and_nothing_is_lost(gone: Visit) -> None:
    life, person = gone.life, gone.who(PLANTED)
    asked = leaving.ask_to_leave(person, by=person.subject, now=life.now)
    leaving.pay_out(life.treasurer, asked.id, now=life.now)
    leaving.stay(person, by=person.subject, now=life.now)
    assert life.money(person.cash) == 160_000
    turn(now=asked.erase_at + DAY)
    assert Resident.of(life.town).get(id=person.id).name == PLANTED
    with pytest.raises(leaving.NoSuchLeaving):
        leaving.stay(person, by=person.subject, now=life.now)


def test_a_guardian_and_a_shopkeeper_first_see_to_what_they_answer_for(visit: Visit) -> None:
    life = visit.life
    with pytest.raises(leaving.GuardianLeaves) as no:
        leaving.ask_to_leave(
            life.lis_wife if life.lis_child.guardian_id == life.lis_wife.id else life.li, by=1, now=life.now
        )
    assert no.value.facts["name"] == "lis_child"
    with pytest.raises(leaving.shops.refusals.OwnsAShop):
        leaving.ask_to_leave(life.chen, by=life.chen.subject, now=life.now)
    join_many(life.village, [Joining("98", "一组", "孤身")], by=life.town.subject, now=life.now)
    alone = Resident.of(life.town).get(name="孤身")
    alone.town = life.town
    assert leaving.ask_to_leave(alone, by=alone.subject, now=life.now).owed == 0


def test_a_household_of_the_treasurer_is_paid_by_another(visit: Visit) -> None:
    life = visit.life
    asked = leaving.ask_to_leave(life.treasurer, by=life.treasurer.subject, now=life.now)
    with pytest.raises(leaving.NeedsTwoPeople):
        leaving.pay_out(life.treasurer, asked.id, now=life.now)
    with pytest.raises(leaving.NotYourRole):
        leaving.pay_out(life.clerk, asked.id, now=life.now)


def test_the_page_in_the_browser_leads_through_it(gone: Visit) -> None:
    browser = gone.browser(PLANTED)
    assert "我要离开" in browser.get("/me/office").content.decode()
    assert browser.get("/me/record.zip").content.startswith(b"PK")
    for _ in range(2):
        assert browser.post("/me/leaving", {"answer": "leave"}).status_code == 303
    slip = Leaving.of(gone.life.town).get(state="asked").slip
    assert str(slip) in browser.get("/me/office").content.decode()
    assert browser.post("/me/leaving", {"answer": "stay"}).status_code == 303
    assert "我要离开" in browser.get("/me/office").content.decode()
    assert gone.browser("li").get("/me/office").content.decode().count(str(slip)) == 0
