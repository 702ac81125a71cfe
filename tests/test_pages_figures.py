"""村里一览: one page and one sheet of paper for everybody, the same figures at the desk; no names, no ranking."""

import re

import pytest
from django.test import Client

from gongfen.statements import day_sums
from gongfen.statements.pictures import TOLD, WIDTH, bars
from gongfen.town import clock
from tests.desk import open_account_of
from tests.rights.test_r17_village_figures import SOME, village_that_worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(monkeypatch: pytest.MonkeyPatch):
    village = village_that_worked()
    monkeypatch.setattr(clock, "now", lambda: village.now)
    return village


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("村里一览", "110 小时", "不显示")), ("en", ("at a glance", "110 h", "hidden"))]
)
def test_everybody_reads_the_village_at_a_glance(life, lang, words):
    page = text(Client(headers={"Accept-Language": lang}).get("/figures"))
    for word in words:
        assert word in page
    assert "<svg" in page and len(page.encode()) < 60_000
    assert not [name for name in (*life.people, *SOME) if f">{name}<" in page or f" {name} " in page]


def test_the_desk_reads_the_same_figures(life):
    clerk = open_account_of(life.people["clerk"], life.people["clerk"], life.now)
    public, desk = text(Client().get("/figures?lang=zh")), text(clerk.get("/desk/glance?lang=zh"))
    table = public[public.index('id="h-table"') : public.index('id="h-fund"')]
    assert table in desk


@pytest.mark.parametrize("asked", ["month=nonsense", "month=1999-01", "month=2026-13", "month=%00", "village=x"])
def test_nonsense_in_the_address_shows_the_last_month(life, asked):
    assert "110 小时" in text(Client().get(f"/figures?{asked}"))


def test_one_sheet_of_paper_for_the_town(life):
    for lang in ("zh", "en"):
        paper = Client().get(f"/figures.pdf?lang={lang}").content
        assert paper.startswith(b"%PDF") and len(re.findall(rb"/Type /Page\b", paper)) == 1
        assert len(paper) < 200_000


def test_a_young_village_has_no_figures_yet(life):
    day_sums.begin_anew(life.town)
    assert "还没有过完一个整月" in text(Client().get("/figures?lang=zh"))
    assert Client().get("/figures.pdf").status_code == 200


def test_bars_fit_their_picture_and_hidden_ones_have_no_length():
    picture = bars([("一个很长很长的名字真的很长", 10, "10"), ("b", None, "?"), ("c", 0, "0")])
    assert all(bar.told_x + TOLD <= WIDTH + 8 for bar in picture.bars)
    assert [bar.length for bar in picture.bars][1:] == [0, 0] and picture.bars[1].is_hidden
    assert bars([]).height > 0
