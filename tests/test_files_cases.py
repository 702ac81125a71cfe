"""Every sentence about a file, each said because of one wrong cell: at its row, in both languages."""

# ruff: noqa: E501  (a case is one line)

import io
import zipfile

import pytest

from gongfen.files.limits import MOST_BYTES, MOST_LETTERS, MOST_ROWS, MOST_UNPACKED
from gongfen.files.problems import with_place
from gongfen.files.writer import xlsx_of
from gongfen.words.files import REFUSALS
from tests.files_of_a_village import MERCHANTS, RESIDENTS, TERMS, VILLAGE, read, said

HEADER, *LINES = RESIDENTS.splitlines()


def residents(*changed, header=HEADER):
    """The list with these lines after it."""
    return "\n".join([header, *LINES, *changed])


def terms(line, header="类别,项目,单位,分值,每日上限,每年上限,备注"):
    return f"{header}\n村里的事,村民会议,次,2,4,,\n{line}\n"


def merchants(*lines, header="店名,店主,户号,营业时间,商品"):
    return "\n".join([header, *lines])


def toml(old, new):
    assert old in VILLAGE
    return VILLAGE.replace(old, new)


def bomb():
    """A workbook of a few kilobytes that says it holds more than any table."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<x/>")
        for number in range(1 + (MOST_UNPACKED >> 26)):
            pack.writestr(f"xl/worksheets/sheet{number}.xml", bytes(1 << 26))
    return out.getvalue()


def damaged():
    whole = bytearray(xlsx_of("x", [["户号", "姓名"]]))
    return bytes(whole[: len(whole) // 2])


def two_sheets():
    import openpyxl

    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("旧表")):
        for row in (line.split(",") for line in TERMS.splitlines()):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CASES = [
    # the file as a whole: (code, row, column, files)
    ("file_missing", 0, "", {"terms_csv": None}),
    ("file_in_two_forms", 0, "", {"terms_xlsx": xlsx_of("x", [])}),
    ("file_empty", 0, "", {"terms_csv": "\n \n"}),
    ("file_is_another_kind", 0, "", {"terms_csv": None, "terms_xlsx": b"%PDF-1.7 ..."}),
    ("file_old_or_locked", 0, "", {"terms_csv": None, "terms_xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)}),
    ("file_not_xlsx", 0, "", {"terms_csv": None, "terms_xlsx": TERMS}),
    ("file_not_csv", 0, "", {"terms_csv": xlsx_of("x", [["a"]])}),
    ("file_not_text", 0, "", {"terms_csv": b"\x00\x01\x02\xff\xfe" * 9}),
    ("file_quotes_broken", 2, "", {"terms_csv": '类别,项目,单位,分值\n会议,"村民会议,次,2\n'}),
    ("file_damaged", 0, "", {"terms_csv": None, "terms_xlsx": damaged()}),
    ("file_too_large", 0, "", {"terms_csv": b" " * (MOST_BYTES + 1)}),
    ("file_unpacks_too_large", 0, "", {"terms_csv": None, "terms_xlsx": bomb()}),
    ("file_too_many_rows", MOST_ROWS + 1, "", {"merchants_csv": "店名,店主\n" + "甲,\n" * MOST_ROWS}),
    # the table in it
    ("header_not_found", 0, "", {"terms_csv": "甲,乙\n1,2\n"}),
    ("several_tables", 0, "", {"terms_csv": None, "terms_xlsx": two_sheets()}),
    ("column_missing", 1, "", {"terms_csv": "类别,项目,分值\n村里的事,村民会议,2\n"}),
    ("column_twice", 1, "成员姓名", {"residents_csv": residents(header=HEADER.replace("监护人", "成员姓名"))}),
    ("column_forbidden", 1, "身份证号", {"residents_csv": residents(header=HEADER + ",身份证号")}),
    ("column_not_read", 1, "星座", {"residents_csv": residents(header=HEADER + ",星座")}),
    ("line_not_read", 9, "", {"residents_csv": residents("合计,7,,,,,,")}),
    ("remark_not_read", 3, "备注", {"terms_csv": terms("公益工,公益工,小时,1,,,每日上限8")}),
    ("cell_missing", 9, "姓名", {"residents_csv": residents("6,,一组,18-59岁,是,是,,是")}),
    ("cell_too_long", 9, "姓名", {"residents_csv": residents(f"6,{'王' * (MOST_LETTERS + 1)},一组,18-59岁,是,是,,是")}),
    ("two_values", 2, "姓名", {"residents_csv": residents(header=HEADER) .replace("姓名,", "姓名,姓名,").replace("1,林队长,", "1,林队长,林大,")}),
    ("not_a_number", 3, "分值", {"terms_csv": terms("公益工,公益工,小时,若干,,,")}),
    # residents
    ("age_column_missing", 0, "", {"residents_csv": residents(header=HEADER.replace("年龄段", "岁月"))}),
    ("head_column_missing", 0, "", {"residents_csv": residents(header=HEADER.replace("户主", "当家"))}),
    ("phone_column_missing", 0, "", {"residents_csv": residents(header=HEADER.replace("有手机", "机子"))}),
    ("counts_column_missing", 0, "", {"residents_csv": residents(header=HEADER.replace("计人头", "头"))}),
    ("only_age_band_kept", 0, "年龄", {"residents_csv": "户号,姓名,村民小组,年龄,户主,有手机\n1,林队长,一组,40,是,是\n"}),
    ("name_is_number", 9, "姓名", {"residents_csv": residents("6,13800138000,一组,18-59岁,是,是,,是")}),
    ("group_unknown", 9, "村民小组", {"residents_csv": residents("6,王芳,九组,18-59岁,是,是,,是")}),
    ("age_band_unknown", 9, "年龄段", {"residents_csv": residents("6,王芳,一组,中年,是,是,,是")}),
    ("age_unknown", 2, "年龄", {"residents_csv": "户号,姓名,村民小组,年龄,户主,有手机\n1,林队长,一组,四十,是,是\n"}),
    ("birthday_unknown", 2, "出生日期", {"residents_csv": "户号,姓名,村民小组,出生日期,户主,有手机\n1,林队长,一组,2027-02-30,是,是\n"}),
    ("yes_or_no_unknown", 9, "户主", {"residents_csv": residents("6,王芳,一组,18-59岁,大概,是,,是")}),
    ("yes_or_no_missing", 9, "有手机", {"residents_csv": residents("6,王芳,一组,18-59岁,是,,,是")}),
    ("resident_twice", 9, "姓名", {"residents_csv": residents("5,韩小弟,二组,14-17岁,否,是,,是")}),
    ("household_without_head", 9, "户主", {"residents_csv": residents("6,王芳,一组,18-59岁,否,是,,是")}),
    ("household_two_heads", 9, "户主", {"residents_csv": residents("5,王芳,二组,18-59岁,是,是,,是")}),
    ("head_is_child", 9, "户主", {"residents_csv": residents("6,王小芳,一组,14-17岁,是,是,,是")}),
    ("household_in_two_groups", 9, "村民小组", {"residents_csv": residents("5,王芳,一组,18-59岁,否,是,,是")}),
    ("guardian_missing", 9, "监护人", {"residents_csv": residents("5,韩小妹,二组,14岁以下,否,否,,是")}),
    ("guardian_unknown", 9, "监护人", {"residents_csv": residents("5,韩小妹,二组,14岁以下,否,否,周会计,是")}),
    ("guardian_is_child", 9, "监护人", {"residents_csv": residents("5,韩小妹,二组,14岁以下,否,否,韩小弟,是")}),
    # terms: the grammar
    ("kind_not_known", 3, "类别", {"terms_csv": terms("文艺,跳广场舞,次,2,,,")}),
    ("work_not_known", 3, "项目", {"terms_csv": terms("劳动,下棋,工日,2,,,")}),
    ("work_read_as", 3, "类别", {"terms_csv": terms("志愿,清扫村道,小时,1,,,")}),
    ("work_same_as", 3, "", {"terms_csv": terms("会议,村民大会,次,2,4,,")}),
    ("work_twice", 3, "", {"terms_csv": terms("会议,村民大会,次,5,,,")}),
    ("unit_not_of_kind", 3, "单位", {"terms_csv": terms("垃圾分类,垃圾分类,年,15,,,")}),
    ("points_missing", 3, "分值", {"terms_csv": terms("公益工,公益工,小时,,,,")}),
    ("points_are_a_range", 3, "分值", {"terms_csv": terms("公益工,公益工,小时,1-5,,,")}),
    ("points_too_many", 3, "分值", {"terms_csv": terms("须知,本月须知,月,6,,,")}),
    ("cap_added", 3, "每年上限", {"terms_csv": terms("问卷,问卷,次,1,,,")}),
    ("cap_too_high", 3, "每年上限", {"terms_csv": terms("问卷,问卷,次,1,,60,")}),
    ("minutes_out_of_range", 3, "分钟", {"terms_csv": terms("公益工,公益工,小时,1,,,,90", "类别,项目,单位,分值,每日上限,每年上限,备注,分钟")}),
    ("price_in_terms", 3, "", {"terms_csv": terms("兑换,肥皂,块,5,,,")}),
    # terms: the rights
    ("deduction", 3, "分值", {"terms_csv": terms("环境,乱倒垃圾,次,－5,,,")}),
    ("for_reporting", 3, "项目", {"terms_csv": terms("治安,举报他人,次,5,,,")}),
    ("for_voting", 3, "项目", {"terms_csv": terms("村务,参加选举投票,次,5,,,")}),
    ("for_study", 3, "项目", {"terms_csv": terms("学习,每日学习,天,1,,,")}),
    ("for_being_first", 3, "项目", {"terms_csv": terms("表现,登上红榜,次,5,,,")}),
    ("for_who_one_is", 3, "项目", {"terms_csv": terms("会议,党员加倍,次,4,,,")}),
    ("for_a_gift", 3, "项目", {"terms_csv": terms("公益,捐款,次,10,,,")}),
    ("not_earned", 3, "项目", {"terms_csv": terms("基础,每户基础分,户,100,,,")}),
    ("of_the_home", 3, "项目", {"terms_csv": terms("环境,入户检查合格,次,3,,,")}),
    ("of_private_life", 3, "项目", {"terms_csv": terms("风尚,婚丧简办,次,10,,,")}),
    ("nobody_can_check", 3, "项目", {"terms_csv": terms("文明,文明行为,次,3,,,")}),
    ("for_honour", 3, "项目", {"terms_csv": terms("先进,县级荣誉,次,20,,,")}),
    ("as_one_likes", 3, "项目", {"terms_csv": terms("公益工,其他,次,5,,,")}),
    # merchants
    ("price_unclear", 2, "商品", {"merchants_csv": merchants("小店,韩监督,5,,肥皂 面议")}),
    ("owner_not_in_household", 2, "店主", {"merchants_csv": merchants("小店,韩监督,4,,")}),
    ("owner_not_clear", 2, "店主", {
        "residents_csv": residents("6,韩监督,一组,18-59岁,是,是,,是"),
        "merchants_csv": merchants("小店,韩监督,,,"),
    }),
    ("owner_from_elsewhere", 2, "店主", {"merchants_csv": merchants("小店,外乡人,,,")}),
    ("shop_two_owners", 3, "店主", {"merchants_csv": merchants("小店,韩监督,5,,肥皂 5元", "小店,周会计,4,,大米 50元")}),
    ("shop_twice", 3, "店名", {"merchants_csv": merchants("小店,韩监督,5,,肥皂 5元", "小店,韩监督,5,,")}),
    ("offer_twice", 3, "商品", {"merchants_csv": merchants("小店,韩监督,5,,肥皂 5元", "小店,,,,肥皂 6元")}),
    ("hours_unclear", 2, "营业时间", {"merchants_csv": merchants("小店,韩监督,5,看天,肥皂 5元")}),
    # village.toml
    ("toml_not_utf8", 0, "", {"village_toml": VILLAGE.encode("gb18030")}),
    ("toml_broken", 3, "", {"village_toml": '\n[town]\nname = "戴村镇\n'}),
    ("toml_key_missing", 5, "village.name", {"village_toml": toml('name = "小村"\n', "")}),
    ("toml_key_unknown", 4, "town.colour", {"village_toml": toml("code = 17", 'colour = "red"\ncode = 17')}),
    ("toml_table_expected", 2, "town", {"village_toml": "\ntown = 3\n"}),
    ("toml_text_expected", 6, "village.name", {"village_toml": toml('"小村"', "3")}),
    ("toml_texts_expected", 8, "village.groups", {"village_toml": toml('["一组", "二组"]', '"一组"')}),
    ("toml_twice", 8, "village.groups", {"village_toml": toml('"二组"]', '"二组", "二组"]')}),
    ("toml_number_expected", 4, "town.code", {"village_toml": toml("17", "1700")}),
    ("decision_day", 16, "decision.met_on", {"village_toml": toml("2025-12-28", '"去年"')}),
    ("decision_no_majority", 18, "decision.yes", {"village_toml": toml("yes = 28", "yes = 15")}),
    ("staff_household_and_name", 13, "staff.treasurer", {"village_toml": toml("4-周会计", "周会计")}),
    ("staff_not_resident", 13, "staff.treasurer", {"village_toml": toml("4-周会计", "5-周会计")}),
    ("staff_is_child", 13, "staff.treasurer", {"village_toml": toml("4-周会计", "5-韩小弟")}),
    ("staff_missing", 9, "staff.treasurer", {"village_toml": toml('treasurer = "4-周会计"\n', "")}),
    ("staff_one_household", 14, "staff.supervisor", {"village_toml": toml("5-韩监督", "4-周会计")}),
]  # fmt: skip
ELSEWHERE = {"folder_not_found", "file_ending", "file_cannot_open"}  # no cell brings them
AT_THE_DESK = {  # tables that come in one by one, see test_desk_imports.py
    *("row_refused", "day_unclear", "clock_unclear", "resident_not_here", "resident_not_clear"),
}
AT_LOADING = {  # said of what is written already, see test_load.py
    *("town_is_another", "par_never_moves", "notice_days_kept", "band_goes_back", "resident_not_in_file"),
    *("role_by_two_people", "terms_changed_undecided", "terms_from_day", "owner_kept", "offer_price_kept"),
}


@pytest.mark.parametrize(("code", "row", "column", "files"), CASES, ids=[case[0] for case in CASES])
def test_a_wrong_cell_is_named_by_file_row_and_column(tmp_path, code, row, column, files):
    found = read(tmp_path, **files)

    assert (code, row, column) in said(found)
    (problem, *_) = [each for each in [*found.problems, *found.remarks] if each.code == code]
    for lang in ("zh", "en"):
        sentence = with_place(problem, lang)
        assert problem.file in sentence
        assert "…" not in sentence  # every fact that the sentence names was given
        assert "{" not in sentence
    if "right" in problem.facts:
        assert problem.facts["right"] in with_place(problem, "zh")
        assert problem.facts["right"] in with_place(problem, "en")


def test_a_right_village_has_nothing_wrong(tmp_path):
    found = read(tmp_path)

    assert said(found) == set()
    assert (len(found.residents), len(found.terms), len(found.merchants)) == (7, 2, 1)


def test_every_sentence_has_its_case():
    assert {case[0] for case in CASES} | ELSEWHERE | AT_THE_DESK | AT_LOADING == set(REFUSALS)


def test_merchants_may_take_a_row_for_each_offer(tmp_path):
    lines = ["店名,店主,户号,商品,价格", "小店,韩监督,5,肥皂,５元", ",,,大米,50.50", "代销点,,,盐,3"]
    found = read(tmp_path, merchants_csv="\n".join(lines))

    assert said(found) == set()
    shop, other = found.merchants
    assert [(offer.what, offer.price) for offer in shop.offers] == [("肥皂", 50_000), ("大米", 505_000)]
    assert other.owner is None
    assert MERCHANTS.count("\n") == 2
