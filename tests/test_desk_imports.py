"""Tables at the desk: tried first, all or nothing, back with a red column; what goes out comes in without loss."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongfen.activities.models import Presence, TermsVersion
from gongfen.files import exports
from gongfen.files.columns import RESIDENTS
from gongfen.files.merchants import read_merchants
from gongfen.files.residents import read_residents
from gongfen.files.sheets import Sheet, read_sheets
from gongfen.files.terms import read_terms
from gongfen.files.values import opening_hours
from gongfen.files.writer import csv_of, csv_of_old, xlsx_of
from gongfen.fund.models import Slip
from gongfen.journal.models import Act
from gongfen.people.models import Resident
from gongfen.shops.merchants import MerchantToList, add_offer, list_merchants
from gongfen.shops.models import Asking
from gongfen.town import clock
from tests.desk import PASSWORD, open_account
from tests.taking_part import announce, settle
from tests.village import NOW, YUAN, Daicun

pytestmark = pytest.mark.django_db
HEAD = "户号,姓名,村民小组,年龄段,户主,有手机,监护人,计人头\n"
WEEK = ("08:00-18:00", "08:00-18:00", "", "08:00-18:00", "08:00-20:00", "09:00-12:00", "")


def upload(text: str | bytes, name: str = "名单.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def tried(client: Client, kind: str, file: SimpleUploadedFile, **more: object) -> tuple[int, str]:
    answer = client.post(f"/desk/imports/{kind}", {"table": file, **more})
    return answer.status_code, answer.content.decode()


def hidden(text: str, name: str) -> str:
    return text.split(f'name="{name}" value="')[1].split('"')[0]


def confirmed(client: Client, kind: str, text: str, **more: object) -> str:
    """Press the button of the page that shows what would change; what is said then."""
    typed = {name: hidden(text, name) for name in ("kept", "name", "confirm")}
    answer = client.post(f"/desk/imports/{kind}/write", typed | more)
    assert answer.status_code == 303, answer.content.decode()
    return client.get("/desk/imports").content.decode()


@pytest.fixture
def clerk(daicun: Daicun) -> Client:
    return open_account(daicun, "钱文书")


def people(daicun: Daicun) -> list[tuple[str, ...]]:
    rows = exports.residents(daicun.village, NOW)[1:]
    return [tuple(str(cell) for cell in row) for row in rows]


def test_a_table_is_tried_first_and_written_once(daicun: Daicun, clerk: Client) -> None:
    before, acts = people(daicun), Act.of(daicun.town).count()
    table = exports.residents(daicun.village, NOW)
    table += [["12", "新来的", "", "一组", "18-59岁", "是", "否", "", "是"]]
    status, shown = tried(clerk, "residents", upload(csv_of(table)))
    assert status == 200 and "新加入 1" in shown and "12 新来的" in shown
    assert (people(daicun), Act.of(daicun.town).count()) == (before, acts), "a look changes nothing"
    said = confirmed(clerk, "residents", shown)
    assert "新加入 1" in said and "已经写入" not in clerk.get("/desk/imports").content.decode()
    assert len(people(daicun)) == len(before) + 1
    assert Act.of(daicun.town).filter(verb="village.import").count() == 1
    joined = Act.of(daicun.town).get(verb="resident.join", about=Resident.of(daicun.town).get(name="新来的").subject)
    assert joined.by == daicun["钱文书"].subject
    confirmed(clerk, "residents", shown)
    assert len(people(daicun)) == len(before) + 1, "pressed twice"


def test_one_wrong_cell_and_nothing_is_written_but_a_red_column_comes_back(daicun: Daicun, clerk: Client) -> None:
    before = people(daicun)
    table = HEAD + "12,新来的,一组,18-59岁,是,否,,是\n13,小孩,九组,十来岁,是,否,,是\n"
    status, shown = tried(clerk, "residents", upload(table.encode("gb18030")))
    assert status == 422 and "什么都没有写" in shown and "名单.csv" in shown and people(daicun) == before
    red = clerk.post("/desk/imports/red", {"red": hidden(shown, "red")})
    sheet = openpyxl.load_workbook(io.BytesIO(red.content)).worksheets[0]
    assert sheet.cell(2, 9).value is None and "九组" in str(sheet.cell(3, 9).value)
    assert 'name="confirm"' not in shown


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("名单.csv", b""),
        ("名单.pdf", b"%PDF-1.7"),
        ("名单.xlsx", b"not a workbook"),
        ("名单.csv", b"\x00\x01\x02"),
        ("../../etc/passwd.csv", "一,二\n三,四\n".encode()),
        ("名单.csv", "户号,姓名,身份证号\n1,王芳,330102\n".encode()),
    ],
)
def test_a_wrong_file_says_what_was_expected(daicun: Daicun, clerk: Client, name: str, data: bytes) -> None:
    before = people(daicun)
    status, shown = tried(clerk, "residents", upload(data, name))
    assert status == 422 and ("✗" in shown or "什么都没有写" in shown) and people(daicun) == before


def test_a_partial_list_gives_no_household_a_second_head(daicun: Daicun, clerk: Client) -> None:
    status, shown = tried(clerk, "residents", upload(HEAD + "10,新来的,二组,18-59岁,是,否,,是\n"))
    assert status == 422 and "王芳" in shown
    assert tried(clerk, "residents", upload(HEAD + "10,新来的,二组,18-59岁,否,否,,是\n"))[0] == 422, "a list has heads"


def test_what_is_confirmed_is_what_was_tried(daicun: Daicun, clerk: Client) -> None:
    _, shown = tried(clerk, "residents", upload(HEAD + "12,新来的,一组,18-59岁,是,否,,是\n"))
    typed = {name: hidden(shown, name) for name in ("kept", "name")}
    other = clerk.post("/desk/imports/residents/write", typed | {"confirm": "0" * 64})
    assert other.status_code == 422 and not Resident.of(daicun.town).filter(name="新来的").exists()
    assert clerk.post("/desk/imports/residents/write", {"kept": "%%%", "confirm": "x"}).status_code == 422


def test_a_file_is_not_lost_while_the_password_is_asked(
    daicun: Daicun, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=16))
    status, shown = tried(clerk, "residents", upload(HEAD + "12,新来的,一组,18-59岁,是,否,,是\n"))
    assert status == 401
    typed = {name: hidden(shown, name) for name in ("kept", "name")} | {"desk_password": PASSWORD}
    after = clerk.post("/desk/imports/residents", typed)
    assert after.status_code == 200 and "12 新来的" in after.content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=24))
    late = {name: hidden(after.content.decode(), name) for name in ("kept", "name", "confirm")}
    again = clerk.post("/desk/imports/residents/write", late)
    assert again.status_code == 401 and hidden(again.content.decode(), "confirm") == late["confirm"]
    assert clerk.post("/desk/imports/residents/write", late | {"desk_password": PASSWORD}).status_code == 303
    assert Resident.of(daicun.town).filter(name="新来的").exists()


def sheets(rows: exports.Rows, way: str, tmp_path: object) -> list[Sheet]:
    """The table as it comes back from a file."""
    folder = tmp_path
    written = {"csv": csv_of, "gb18030": csv_of_old, "xlsx": lambda table: xlsx_of("表", table)}[way](rows)
    path = folder / f"table.{'xlsx' if way == 'xlsx' else 'csv'}"  # type: ignore[operator]  # pytest's own folder
    path.write_bytes(written)
    return read_sheets(path)


@pytest.mark.parametrize("way", ["csv", "gb18030", "xlsx"])
def test_residents_terms_and_merchants_come_back_without_loss(daicun: Daicun, way: str, tmp_path: object) -> None:
    settle(daicun)
    Resident.of(daicun.town).filter(id=daicun["赵二"].id).update(nickname="=阿二", counts_as_head=False)
    shop = MerchantToList(
        "桥头；早点", place="桥头 3 号", name_en="Bridge Breakfast", hours=WEEK, owner=daicun["陈小芳"].id,
        village=daicun.village.id,
    )  # fmt: skip
    (listed,) = list_merchants(daicun.town, [shop], daicun.town.subject, NOW)
    listed.town = daicun.town
    add_offer(listed, "@豆浆；加糖", 25_000, name_en="Soy milk")
    add_offer(listed, "烧饼", 3 * YUAN)

    out = exports.residents(daicun.village, NOW)
    rows, table = read_residents(sheets(out, way, tmp_path), ["一组", "二组"], NOW.date())
    assert not table.problems and set(table.headers) <= set(RESIDENTS.columns)
    back = [
        [
            row.household, row.name, row.nickname, row.group, exports.BANDS[row.age_band],  # type: ignore[index]
            *("是" if yes else "否" for yes in (row.is_head, row.has_phone)), row.guardian,
            "是" if row.counts_as_head else "否",
        ]
        for row in rows
    ]  # fmt: skip
    assert back == out[1:]

    found, table = read_terms(sheets(exports.terms(daicun.village, NOW), way, tmp_path))
    assert not table.problems
    standing = {(v.kind, v.what): v.terms for v in TermsVersion.of(daicun.town).filter(host=daicun.village.subject)}
    assert {(row.kind, row.terms.what): row.terms for row in found} == standing and len(standing) > 5

    who = {(row.household, row.name) for row in rows}
    (read,), table = read_merchants(sheets(exports.merchants(daicun.village, NOW), way, tmp_path), who)
    assert not table.problems
    assert (read.name, read.name_en, read.place, read.hours) == (shop.name, shop.name_en, shop.place, WEEK)
    assert read.owner == ("9", "陈小芳")
    assert [(one.what, one.en, one.price) for one in read.offers] == [
        ("@豆浆；加糖", "Soy milk", 25_000),
        ("烧饼", "", 30_000),
    ]


@pytest.mark.parametrize("hours", [("08:00-20:00",) * 7, ("08:00-20:00",) * 6 + ("",), WEEK, ()])
def test_opening_hours_are_told_as_they_are_read(hours: tuple[str, ...]) -> None:
    assert opening_hours(exports.told_hours(hours)) == hours


def test_a_table_that_goes_out_and_comes_in_changes_nothing(daicun: Daicun, clerk: Client) -> None:
    for ending in ("csv", "gb18030", "xlsx"):
        out = clerk.get(f"/desk/imports/residents.{ending}").content
        name = "back.xlsx" if ending == "xlsx" else "back.csv"
        status, shown = tried(clerk, "residents", upload(out, name))
        assert status == 200 and "没有要改的" in shown, ending


def test_new_shops_wait_for_the_supervisor(daicun: Daicun, clerk: Client) -> None:
    table = "店名,店主,户号,地址,营业时间,商品\n小芳超市,陈小芳,9,村口,8:00-18:00,肥皂 5元；大米 50元\n"
    status, shown = tried(clerk, "merchants", upload(table))
    assert status == 200 and "等同意的店 1" in shown
    confirmed(clerk, "merchants", shown)
    (asking,) = Asking.of(daicun.town)
    assert asking.wish["name"] == "小芳超市" and asking.asked_by_id == daicun["钱文书"].id
    assert "没有要改的" in tried(clerk, "merchants", upload(table))[1], "it waits already"


def test_terms_are_proposed_and_money_is_recorded(daicun: Daicun) -> None:
    settle(daicun)
    organiser, treasurer = open_account(daicun, "林队长"), open_account(daicun, "周会计")
    table = "类别,项目,单位,分值,每次上限,每日上限\n公益工,公益工,小时,1.5,,6\n"
    status, shown = tried(organiser, "terms", upload(table))
    assert status == 200, shown
    confirmed(organiser, "terms", shown)
    proposed = TermsVersion.of(daicun.town).get(state="proposed")
    assert (proposed.points, proposed.terms.caps.day) == (150, 600)
    slips = (
        '日期,付款人,金额,银行单号,用途\n2026-03-17,=合作社,"1,200.50",银-1,\n2026年3月16日,镇政府,300元,银-2,修路\n'
    )
    status, shown = tried(treasurer, "money", upload(slips))
    assert status == 200 and "记下的银行单 2" in shown
    confirmed(treasurer, "money", shown)
    found = Slip.of(daicun.town).filter(number__startswith="银").order_by("number")
    assert [(one.donor, one.money, one.state) for one in found] == [
        ("=合作社", 12_005_000, "recorded"),
        ("镇政府", 3_000_000, "recorded"),
    ]
    wrong = "日期,付款人,金额,银行单号\n明天,镇政府,很多,银-3\n"
    status, shown = tried(treasurer, "money", upload(wrong))
    assert status == 422 and "明天" in shown and "很多" in shown
    other = "日期,付款人,金额,银行单号\n2026-03-17,别人,5,银-1\n"
    assert tried(treasurer, "money", upload(other))[0] == 422, "the slip is known with something else on it"


def test_attendance_comes_in_for_one_activity(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(daicun)
    ditch = announce(daicun, "volunteering", "清渠")
    monkeypatch.setattr(clock, "now", lambda: ditch.ends_at + timedelta(hours=1))
    organiser = open_account(daicun, "林队长")
    table = "户号,姓名,到,走\n8,李大伯,9:00,11:30\n11,赵大伯,9.05,11:30\n"
    more = {"activity": ditch.id, "desk_password": PASSWORD}
    status, shown = tried(organiser, "attendance", upload(table), **more)
    assert status == 200 and "记下到场 2" in shown, shown
    assert Presence.of(daicun.town).count() == 0
    confirmed(organiser, "attendance", shown, activity=ditch.id)
    assert set(Presence.of(daicun.town).values_list("grade", flat=True)) == {"typed"}
    stranger = tried(organiser, "attendance", upload("姓名,到\n没这人,九点\n"), **more)
    assert stranger[0] == 422 and "村里没有“没这人”" in stranger[1] and "看不出几点几分" in stranger[1]
    assert tried(organiser, "attendance", upload(table))[0] == 422, "of which activity?"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("钱文书", {"residents", "merchants"}),
        ("周会计", {"merchants", "money"}),
        ("林队长", {"terms", "attendance"}),
        ("吴审核", set()),
        ("孙审计", set()),
    ],
)
def test_each_role_brings_in_its_own_tables(daicun: Daicun, who: str, allowed: set[str]) -> None:
    client = open_account(daicun, who)
    for kind in ("residents", "terms", "merchants", "money", "attendance"):
        status, _ = tried(client, kind, upload(""))
        assert status == (422 if kind in allowed else 403), kind
    takes = {"钱文书", "周会计", "林队长"}
    assert client.get("/desk/imports/residents.csv").status_code == (200 if who == "钱文书" else 403)
    assert client.get("/desk/imports/terms.xlsx").status_code == (200 if who in takes else 403)
