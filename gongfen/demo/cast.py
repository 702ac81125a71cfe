"""The people of the demo whom one meets: staff, shopkeepers, and five who are in the middle of something."""

from dataclasses import dataclass

TOWN, TOWN_EN, TOWN_CODE = "戴村镇", "Daicun", 17
MARK = "demo/played"  # the key of the act that says that the year was played
VILLAGE, VILLAGE_EN = "青禾村", "Qinghe"
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组", "九组", "十组", "十一组", "十二组", "十三组")

Who = tuple[str, str]  # household and name

IN_NOTICE: Who = ("3", "王秀英")  # her points are on notice
READY_TO_PAY: Who = ("12", "李建国")  # has points and stands in the shop
WAITING: Who = ("27", "陈晓燕")  # her claim waits for review
REVIEWER: Who = ("41", "吴国良")  # has claims to decide
SHOPKEEPER: Who = ("90", "赵小芳")  # counts the day's takings

ORGANISERS: tuple[Who, ...] = (("33", "林志刚"), ("66", "何丽娟"))
REVIEWERS: tuple[Who, ...] = (REVIEWER, ("58", "沈美华"), ("120", "徐立峰"))
CLERKS: tuple[Who, ...] = (("52", "钱文娟"),)
TREASURERS: tuple[Who, ...] = (("8", "周建明"),)
SUPERVISORS: tuple[Who, ...] = (("19", "韩志明"),)
AUDITORS: tuple[Who, ...] = (("75", "孙海涛"),)
STAFF: dict[str, tuple[Who, ...]] = {
    "organiser": ORGANISERS,
    "reviewer": REVIEWERS,
    "clerk": CLERKS,
    "treasurer": TREASURERS,
    "supervisor": SUPERVISORS,
    "auditor": AUDITORS,
}


@dataclass(frozen=True)
class Shop:
    """A shop of the demo: owner, hours, and offers with their price in yuan."""

    name: str
    owner: Who | None
    hours: str
    offers: tuple[tuple[str, str], ...]


SHOPS = (
    Shop(
        "小芳超市",
        SHOPKEEPER,
        "7:00-20:30",
        (("肥皂", "5"), ("本地大米 10斤", "50"), ("食用油 5升", "85"), ("牙膏", "9.5"), ("酱油", "12"), ("盐", "3")),
    ),
    Shop("老李粮油店", ("140", "李国良"), "6:30-18:00", (("菜籽油 5升", "72"), ("面粉 5斤", "18"), ("年糕", "10"))),
    Shop("桥头早点", ("171", "楼桂花"), "5:30-10:30", (("豆浆", "2.5"), ("烧饼", "3"), ("小笼包", "12"))),
    Shop("兴农农资", ("205", "金永刚"), "7:30-17:30", (("复合肥 一袋", "120"), ("菜籽种 一包", "6"), ("锄头", "38"))),
    Shop("青禾理发店", ("238", "方丽"), "8:30-19:00", (("剪发", "15"), ("老人剪发", "8"))),
    Shop("山里人家饭店", ("266", "傅建平"), "10:00-20:00", (("农家小炒", "28"), ("面条", "12"), ("工作餐", "15"))),
    Shop("惠民五金店", ("310", "俞剑波"), "8:00-18:00", (("灯泡", "9"), ("水龙头", "35"), ("插座", "22"))),
    Shop("青禾代销点", None, "8:00-17:00", (("洗衣粉", "14"), ("毛巾", "10"), ("水壶", "45"))),
)
PEOPLE_TO_MEET: tuple[Who, ...] = (
    IN_NOTICE,
    READY_TO_PAY,
    WAITING,
    *(who for people in STAFF.values() for who in people),
    *(shop.owner for shop in SHOPS if shop.owner),
)
