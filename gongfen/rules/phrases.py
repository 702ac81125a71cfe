"""Four words that name a payment, the same on the till and on the phone.

A picture of an old receipt shows old words: who sells looks at both screens and need not read a number.
"""

import hashlib

WORDS_IN_A_PHRASE = 4

_ZH = """
水稻 小麦 玉米 高粱 谷子 大豆 花生 芝麻 油菜 棉花 甘蔗 红薯 土豆 萝卜 白菜 青菜
菠菜 芹菜 韭菜 大葱 生姜 大蒜 辣椒 茄子 黄瓜 南瓜 冬瓜 丝瓜 西瓜 甜瓜 番茄 豆角
苹果 桃子 梨子 葡萄 柿子 红枣 核桃 板栗 石榴 橘子 柚子 杏子 李子 樱桃 草莓 山楂
春风 春雨 夏荷 秋月 冬雪 朝霞 晚霞 彩虹 白云 清泉 小溪 大河 山坡 田野 村口 小桥
水井 石磨 灯笼 竹篮 扁担 锄头 镰刀 水桶 草帽 布鞋 棉袄 蒲扇 茶壶 饭碗 木桌 板凳
黄牛 水牛 山羊 白马 小狗 花猫 公鸡 鸭子 白鹅 喜鹊 燕子 麻雀 蜜蜂 蝴蝶 蜻蜓 青蛙
鲤鱼 草鱼 小虾 河蟹 松树 柏树 柳树 槐树 杨树 梧桐 银杏 竹林 桂花 菊花 梅花 荷花
牡丹 月季 米饭 馒头 面条 饺子 汤圆 豆腐 油条 烧饼 粽子 月饼 年糕 豆浆 绿茶 蜂蜜
"""

_EN = """
rice wheat maize millet barley oats beans peanut sesame cotton linen potato radish cabbage spinach celery
onion ginger garlic pepper cucumber pumpkin melon tomato apple peach pear grape plum cherry berry orange
lemon walnut chestnut almond date fig olive mango spring summer autumn winter morning evening rainbow cloud
river stream hill meadow bridge village garden field well mill lantern basket bucket ladder hammer shovel
sickle hat shoe coat fan teapot bowl table bench chair door window lamp candle bell drum
ox buffalo goat horse dog cat rooster duck goose magpie swallow sparrow bee butterfly cricket frog
carp trout shrimp crab pine cypress willow poplar maple ginkgo bamboo laurel daisy plumtree lotus peony
rose lily bread noodle dumpling tofu biscuit cake honey tea milk soup salt sugar flour butter
"""

ZH, EN = _ZH.split(), _EN.split()


def phrase(town: int, number: int, key: str) -> dict[str, str]:
    """The words of the act with this number and key. Nobody knows them before the act is written."""
    places = hashlib.sha256(f"receipt {town} {number} {key}".encode()).digest()[:WORDS_IN_A_PHRASE]
    return {
        "zh": " ".join(ZH[place % len(ZH)] for place in places),
        "en": " ".join(EN[place % len(EN)] for place in places),
    }
