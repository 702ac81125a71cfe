"""Tables in and out at the desk: what they are called, what they may hold, and what came of them."""

REFUSALS: dict[str, tuple[str, str]] = {
    "no_table": (
        "请选一个 CSV 或 XLSX 文件，最大 {most} MB",
        "Please choose a CSV or XLSX file of at most {most} MB",
    ),
    "which_activity": ("请选是哪一次活动", "Please choose which activity it is"),
    "another_file": ("文件变了：请再上传一次，先看一遍", "The file has changed: please upload it again and look first"),
}

TABLES: dict[str, tuple[str, str]] = {
    "residents": ("居民", "People"),
    "terms": ("积分标准", "Terms"),
    "merchants": ("店家和商品", "Shops and offers"),
    "money": ("收到的钱", "Money received"),
    "attendance": ("签到", "Attendance"),
}

COLUMNS: dict[str, tuple[str, str]] = {
    "residents": (
        "户号、姓名、村民小组、年龄段、户主、有手机、监护人、计人头。没有身份证号、电话。名单上没有的人不会被删。",
        "Household, name, group, age band, head, phone, guardian, counts. No id or phone numbers. Nobody is removed.",
    ),
    "terms": (
        "类别、项目、单位、分值、上限。变了的成为提议，开会决定后由另一个人记下才生效。",
        "Kind, item, unit, points, caps. What differs is proposed: residents decide, a second person writes it down.",
    ),
    "merchants": (
        "店名、店主、户号、地址、营业时间、商品、价格。新店要监督员同意才上架。没有银行账号。",
        "Name, owner, household, address, hours, offers, price. New shops need the supervisor's yes. No bank accounts.",
    ),
    "money": (
        "银行单号、日期、谁给的、金额、用途。监督员核对后才到账。",
        "Bank slip, day, from, amount, purpose. The supervisor checks before anything moves.",
    ),
    "attendance": (
        "户号、姓名、日期、到、走。另一个人确认后才算有人见证。",
        "Household, name, day, in, out. Witnessed once a second person confirms.",
    ),
}

COUNTED: dict[str, tuple[str, str]] = {
    "residents": ("新加入", "joined"),
    "moved": ("搬了家", "moved"),
    "changed": ("有变化", "changed"),
    "guardians": ("换了监护人", "with another guardian"),
    "proposed": ("提议的标准", "terms proposed"),
    "asked": ("等同意的店", "shops that wait for a yes"),
    "offers": ("新商品", "new offers"),
    "slips": ("记下的银行单", "slips recorded"),
    "present": ("记下到场", "written down as present"),
}

CHANGES: dict[str, tuple[str, str]] = {
    "joins": ("加入", "joins"),
    "changes": ("改", "changes"),
    "proposes": ("提议", "proposes"),
    "asks": ("请同意上架", "asks to be listed"),
    "offers": ("新商品", "new offer"),
    "slip": ("银行单", "slip"),
    "present": ("到场", "present"),
}
