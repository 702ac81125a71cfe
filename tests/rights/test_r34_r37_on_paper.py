"""R34: what everyone may read of a dividend has no name with an amount. R37: what a proof of participation must say."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from gongfen.people.models import Resident
from gongfen.standing import proofs
from gongfen.town import clock
from gongfen.words.standing import NOT_A_CONDITION
from tests.doors import token_of
from tests.sharing import award, drafted, on_notice
from tests.village import NOW, POINT, Daicun, daicun

__all__ = ["daicun"]


def test_r34_the_public_pages_of_a_run_lead_to_nobody(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = on_notice(daicun, drafted(daicun))
    base = f"/api/v1/villages/{daicun.village.id}/runs"
    listed = Client().get(base).content.decode()
    file = b"".join(Client().get(f"{base}/{run.id}/file").streaming_content).decode()  # type: ignore[attr-defined]  # a file is streamed
    assert len(file.splitlines()) > 14
    for told in (listed, file):
        for resident in daicun.people.values():
            for secret in (resident.name, resident.nickname, str(resident.subject), str(resident.id)):
                assert not secret or secret not in told
    by_slip = [line.split(",")[0] for line in file.splitlines() if line[0].isdigit()]
    assert by_slip == sorted(by_slip)  # the order is that of random numbers


def test_r34_the_order_of_the_file_is_another_each_time_it_is_drawn(daicun: Daicun) -> None:
    from gongfen.dividends import acts
    from gongfen.dividends.models import Share
    from tests.sharing import LATER

    award(daicun, "王芳", 30 * POINT)
    run = drafted(daicun)
    orders = set()
    for _ in range(4):
        acts.simulate(daicun.town, run, by=daicun["周会计"], now=LATER)
        orders.add(tuple(Share.of(daicun.town).filter(run=run).order_by("slip").values_list("resident", flat=True)))
    assert len(orders) > 1  # 14! orders: the same four times would be a wonder


def test_r37_a_proof_names_its_purpose_expires_and_is_no_condition(daicun: Daicun) -> None:
    line = award(daicun, "王芳", 3 * POINT)
    now = clock.now()
    with pytest.raises(proofs.NoPurpose):
        proofs.make(daicun["王芳"], numbers=[line.number], purpose="", days=7, key="k0", now=now)
    with pytest.raises(proofs.BadDays):
        proofs.make(daicun["王芳"], numbers=[line.number], purpose="租房", days=365, key="k1", now=now)
    proof = proofs.make(daicun["王芳"], numbers=[line.number], purpose="租房", days=7, key="k2", now=now)
    page = Client().get(f"/api/v1/towns/{daicun.town.code}/proofs/{proofs.code_of(proof)}").json()
    assert page["purpose"] == "租房"
    assert page["promise"] == NOT_A_CONDITION[0]
    assert page["is_right"]
    with pytest.raises(proofs.NoSuchProof):
        proofs.check(daicun.town, proofs.code_of(proof), now=now + timedelta(days=7))


def test_r37_the_paper_says_so_too_and_where_to_complain() -> None:
    drawn = (Path(__file__).parent.parent.parent / "gongfen/prints/proofs.py").read_text(encoding="utf-8")
    assert "条件" in drawn
    assert "not a condition for any service" in drawn.lower()
    assert "complain_to" in drawn


def test_r37_the_number_is_not_on_the_home_screen(daicun: Daicun) -> None:
    award(daicun, "王芳", 3 * POINT, minutes=60_000)
    bearer = {"Authorization": f"Bearer {token_of(daicun['王芳'])}"}
    number = Client().get("/api/v1/me/standing", headers=bearer).json()["value"]
    assert number == 2_000
    for path in ("/me", "/me/accounts"):
        told = Client().get(f"/api/v1{path}", headers=bearer).content.decode()
        assert "standing" not in told
        assert f'"{number}"' not in told
    assert Resident.of(daicun.town).filter(name="王芳", joined_at=NOW).exists()
