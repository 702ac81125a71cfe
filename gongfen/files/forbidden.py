"""What a points table may not hold, whatever a village decided: each rule has its right and what to do instead.

The words are those of real tables. A row that none of them matches is still read by the closed grammar of kinds,
so what is missed here does not slip in: it is refused as a kind that nobody knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongfen.files import values


@dataclass(frozen=True)
class Rule:
    """One thing that may not be in the table: the code of its sentence, the right, and the words that name it."""

    code: str
    right: str
    words: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


PRICE = _words(r"^(兑换|兑换商品|商品|物品|奖品|礼品|超市商品|积分兑换|redeem|goods|prize)$")
RULES = (
    Rule("deduction", "R03", _words(r"扣\s*\d*\s*分|扣除|倒扣|减分|罚分|罚款|处罚|deduct|penalt|fine of")),
    Rule(
        "for_reporting",
        "R31",
        _words(r"举报|告发|检举|揭发|report(ing)? (on )?(others|neighbou?rs|violations)|inform on"),
    ),
    Rule("for_voting", "R16", _words(r"投票|选举|表决|参选|\bvot(e|ing)\b|election")),
    Rule(
        "for_study",
        "R12",
        _words(
            r"在线学习|每日学习|每天学习|理论学习|政治学习|^学习$|答题|答对|学习强国|学习时长|阅读时长|观看视频|刷视频|打卡|"
            r"转发|点赞|quiz|daily (study|learning|reading)|time on (a )?page|check-?in streak"
        ),
    ),
    Rule(
        "for_being_first",
        "R18",
        _words(r"红榜|黑榜|排名|名次|前三名|第一名|星级户|十星|连续\s*\d+\s*天|streak|ranking|top three"),
    ),
    Rule(
        "for_who_one_is",
        "R29",
        _words(
            r"(党员|干部|军属|退役军人|低保户|贫困户|残疾人|户籍人口)(加分|加倍|双倍|另加|额外|每人|本人|身份)?$|"
            r"(党员|干部)(参加|带头)|party members? (only|get|double)|for (veterans|party members)"
        ),
    ),
    Rule("for_a_gift", "R33", _words(r"捐资|捐款|捐赠|捐物|募捐|赞助|资助|认捐|donat|sponsor|gifts? of money")),
    Rule(
        "not_earned",
        "R33",
        _words(r"基础积分|基础分|基本分|底分|起始分|初始积分|每户基础|base points?|starting points?"),
    ),
    Rule(
        "of_the_home",
        "R09",
        _words(
            r"庭院|家庭卫生|室内|院内|屋内|入户检查|卫生评比|卫生检查|清洁户|最美家庭|家风|home inspection|"
            r"inspection of (homes|houses|yards)|(clean|tidy) (yard|home|house)"
        ),
    ),
    Rule(
        "of_private_life",
        "R09",
        _words(
            r"酗酒|打牌|赌博|麻将|不务正业|婚丧|彩礼|大操大办|健康码|做核酸|接种疫苗|打疫苗|信教|宗教|"
            r"gambl|drunk|drinking(?! water)|wedding feast|vaccinated"
        ),
    ),
    Rule(
        "nobody_can_check",
        "R33",
        _words(
            r"文明行为|文明礼貌|尊老爱幼|助人为乐|遵守村规|遵纪守法|孝敬|孝老|和睦|不当行为|表现好|^思想|品德|道德品行|^道德$|"
            r"态度|正能量|家庭和谐|civility|civilised|civilized|good (behaviou?r|conduct)|politeness|morality"
        ),
    ),
    Rule("for_honour", "R33", _words(r"荣誉|表彰|先进个人|优秀个人|评优|道德模范|奖章|honou?rs?\b|medal")),
    Rule(
        "as_one_likes",
        "R33",
        _words(r"^其他$|^其它$|其他加分|奖励分|额外|酌情|视情况|特殊贡献|^other$|bonus|discretion"),
    ),
)
OF_REMARKS = RULES[:3]  # a remark says how a row is meant; it is not the work itself


def find_rule(kind: str, what: str, points: str, remark: str) -> Rule | None:
    """The rule that a row of the points table breaks, or none. A minus is a deduction before anything else."""
    worth = values.points(points)
    if (worth is not None and worth < 0) or values.narrow(points).startswith(("-", "扣", "减")):
        return RULES[0]
    for rule in RULES:
        texts = (kind, what, remark) if rule in OF_REMARKS else (kind, what)
        if any(rule.words.search(text) for text in texts):
            return rule
    return None


def is_price(kind: str) -> bool:
    """Does the row say what something costs, not what some work is worth?"""
    return bool(PRICE.match(kind))
