"""The columns of the three tables, in the ways village staff write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Shape:
    """A kind of table: what its columns are called, and which it cannot be without."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def column_of(self, header: str) -> str:
        """The column that a header cell means, or nothing."""
        said = plain(header)
        return next((key for key, ways in self.columns.items() if said in ways), "") if said else ""


def plain(header: str) -> str:
    """分 值（元） → 分值; Has_Phone? → hasphone."""
    wide = unicodedata.normalize("NFKC", header)
    return NOT_LETTERS.sub("", BRACKETS.sub("", wide)).lower()


SERIAL = ("序号", "编号", "序", "no", "nr", "serial", "number")
REMARK = ("备注", "说明", "附注", "remark", "remarks", "note", "notes")

RESIDENTS = Shape(
    "residents",
    {
        "serial": SERIAL,
        "household": ("户号", "户编号", "家庭编号", "户籍编号", "门牌号", "门牌", "household", "householdnumber"),
        "name": ("姓名", "村民姓名", "居民姓名", "成员姓名", "家庭成员", "名字", "name", "fullname", "resident"),
        "nickname": ("昵称", "称呼", "公示名", "nickname"),
        "group": ("村民小组", "小组", "组别", "组", "所属小组", "生产队", "队别", "网格", "group", "villagegroup"),
        "age_band": ("年龄段", "年龄层", "ageband", "agegroup"),
        "age": ("年龄", "周岁", "岁数", "实足年龄", "age"),
        "born": ("出生日期", "出生年月", "出生年月日", "生日", "birthday", "dateofbirth", "born", "birthdate"),
        "head": (
            "户主",
            "是否户主",
            "与户主关系",
            "和户主关系",
            "家庭关系",
            "head",
            "ishead",
            "relation",
            "relationtohead",
        ),
        "has_phone": (
            *("有手机", "有无手机", "是否有手机", "智能手机", "有无智能手机", "有智能手机", "是否有智能手机", "手机"),
            *("hasphone", "phoneyesno", "smartphone", "hassmartphone"),
        ),
        "guardian": ("监护人", "监护人姓名", "guardian", "guardianname"),
        "counts_as_head": (
            *(
                "计人头",
                "是否计人头",
                "算人头",
                "是否算人头",
                "参与按人分",
                "按人分",
                "人口股",
                "是否参与分红",
                "参与分红",
            ),
            *("countsashead", "counts", "headshare"),
        ),
        "remark": REMARK,
    },
    ("household", "name"),
)

TERMS = Shape(
    "terms",
    {
        "serial": SERIAL,
        "kind": ("类别", "类型", "活动类型", "活动类别", "积分类别", "类", "kind", "category", "type"),
        "what": (
            *("项目", "项目内容", "内容", "积分项目", "积分内容", "活动", "活动内容", "具体内容", "事项", "具体事项"),
            *("what", "item", "activity", "description"),
        ),
        "unit": ("单位", "计分单位", "计量单位", "计分方式", "unit", "per"),
        "points": (
            *("分值", "积分", "分数", "工分", "积分值", "积分标准", "分值标准", "计分标准", "加分", "得分", "单项分值"),
            *("points", "workpoints", "point"),
        ),
        "cap_each": ("每次上限", "单次上限", "一次上限", "capeach", "eachcap", "maxeach", "maxpertime"),
        "cap_day": ("每日上限", "日上限", "每天上限", "单日上限", "capday", "dailycap", "capaday", "maxperday"),
        "cap_month": ("每月上限", "月上限", "单月上限", "capmonth", "monthlycap", "capamonth", "maxpermonth"),
        "cap_year": ("每年上限", "年上限", "年度上限", "全年上限", "capyear", "yearlycap", "capayear", "maxperyear"),
        "minutes": ("每单位分钟", "分钟", "时长", "工时", "折合分钟", "minutes", "minutesperunit"),
        "remark": REMARK,
    },
    ("kind", "what", "unit", "points"),
)

MERCHANTS = Shape(
    "merchants",
    {
        "serial": SERIAL,
        "name": (
            "店名",
            "店家",
            "商家",
            "商户",
            "商户名称",
            "店铺",
            "店铺名称",
            "商店",
            "名称",
            "name",
            "shop",
            "merchant",
        ),
        "owner": ("店主", "经营者", "老板", "负责人", "店主姓名", "经营者姓名", "owner", "ownername"),
        "household": ("店主户号", "户号", "经营者户号", "household", "ownerhousehold", "householdnumber"),
        "name_en": ("英文店名", "店名英文", "nameen", "englishname", "nameinenglish"),
        "place": ("地址", "位置", "店址", "address", "place", "location"),
        "hours": ("营业时间", "开门时间", "时间", "hours", "openinghours", "openhours"),
        "offers": (
            "商品",
            "商品名称",
            "主要商品",
            "品名",
            "可兑换商品",
            "商品与价格",
            "商品及价格",
            "offers",
            "goods",
            "offer",
        ),
        "offer_en": ("英文商品", "商品英文", "offeren", "englishoffer", "goodsinenglish"),
        "price": ("价格", "单价", "售价", "零售价", "元", "price", "priceyuan"),
        "remark": REMARK,
    },
    ("name",),
)

MONEY_IN = Shape(
    "money_in",
    {
        "serial": SERIAL,
        "number": ("银行单号", "单号", "凭证号", "流水号", "交易流水号", "回单号", "slip", "slipnumber", "bankslip"),
        "day": ("日期", "到账日期", "交易日期", "收款日期", "记账日期", "date", "day", "receivedon"),
        "donor": ("谁给的", "付款人", "付款方", "对方户名", "来款单位", "捐赠人", "来源", "from", "donor", "payer"),
        "money": ("金额", "多少钱", "到账金额", "收入金额", "贷方发生额", "收入", "amount", "money", "yuan"),
        "purpose": ("用途", "专门用在", "专项", "purpose", "onlyfor"),
        "remark": REMARK,
    },
    ("number", "day", "donor", "money"),
)

ATTENDANCE = Shape(
    "attendance",
    {
        "serial": SERIAL,
        "household": ("户号", "户编号", "门牌号", "household", "householdnumber"),
        "name": ("姓名", "名字", "name", "fullname", "resident"),
        "day": ("日期", "哪天", "date", "day"),
        "in_at": ("到", "签到", "几点到", "开始", "开始时间", "签到时间", "in", "arrived", "begins", "from"),
        "out_at": ("走", "签退", "几点走", "结束", "结束时间", "签退时间", "out", "left", "ends", "until"),
        "remark": REMARK,
    },
    ("name", "in_at"),
)

# What no table of ours may carry (R09, R34): the system works without it, so it is not even read.
FORBIDDEN: Mapping[str, tuple[str, ...]] = {
    "id_number": ("身份证", "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "idnumber", "idcard"),
    "phone_number": (
        "电话",
        "电话号码",
        "手机号",
        "手机号码",
        "联系电话",
        "联系方式",
        "phone",
        "phonenumber",
        "mobile",
        "tel",
    ),
    "bank_number": ("银行卡", "银行卡号", "银行账号", "账号", "卡号", "开户行", "bankaccount", "accountnumber", "iban"),
    "politics": ("政治面貌", "党员", "是否党员", "党派", "partymember", "party", "politics"),
    "belief": ("宗教", "宗教信仰", "信仰", "religion", "belief"),
    "people": ("民族", "ethnicity", "ethnicgroup"),
    "health": ("健康状况", "健康", "残疾", "残疾证", "病史", "健康码", "慢性病", "health", "disability", "healthcode"),
    "money_troubles": ("低保", "低保户", "贫困户", "建档立卡", "失信", "征信", "欠款", "debt", "poor"),
    "law": ("犯罪记录", "违法记录", "刑释", "社区矫正", "信访", "涉毒", "criminalrecord", "police"),
}


def forbidden(header: str) -> str:
    """Which kind of forbidden data a header names, or nothing."""
    said = plain(header)
    return next((kind for kind, ways in FORBIDDEN.items() if said in ways), "") if said else ""
