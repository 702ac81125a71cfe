"""Makes the two fonts that our paper is printed with, from the system's Noto Sans CJK (Debian: fonts-noto-cjk).

    python -m gongfen.prints.fonts.subset /usr/share/fonts/opentype/noto

Regular carries all of GB2312 and the letters that names are made of beside it; bold carries the first level of GB2312,
and what it lacks is printed in regular. The licence (OFL 1.1) stands beside the fonts.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).parent
FAMILY = "Noto Sans CJK SC"
SIGNS = range(1, 10)  # rows of GB2312
FIRST_LEVEL = range(16, 56)
SECOND_LEVEL = range(56, 88)
NAMES = (
    "喆堃垚玥珺祎赟翀燚琎瑄玟珅晟旻昇昉昀昕暐暄炘炜烜焜煊熠犇玙玚玘珏珣琇琏琚瑀瑨璟璠璿甯畯皛睿祐禛禾竑筠箐粲絜綦翃翊翙臻芃芊芮苡"
    "茜荃莙莹菡萱葳蓁蓉薇蘅衎袆裎襄訢诠谖豨赪跹迦遹郦郯鄢鄞鄱钊钘钰铄铖铠锟锴镕镛闫闳阗陉隽雯霁霏靓韫頔颀颢飏馡骁骉骊鲲鹂鹍鹭麒麟"
    "淼鑫森磊焱尧婧婕婷媛嫄嫣嬿孜宓宥寔尕峣嵘嵩巍廑弢彧徕忻怡恺惇愔懋抒掞揆攸斓昶晗晞晔晖暕朗杼枟柠栩梓棣楠槿樾橦歆毓汭沄沅沚泓泠"
    "泫洄洢洺浚浛浠涔涵淏淇淙渊渟湉湜溁溦滢漪潆潞澍澔澧濛瀚灏灿"
)
MARKS = "—–‘’“”…·•−≈≤≥×÷√→←↑↓①②③④⑤⑥⑦⑧⑨⑩¥￥〓□■○●◎△▲☆★✓✔©"
LATIN = [chr(code) for code in range(0x20, 0x180)]


def main(folder: Path) -> None:
    """Write regular.otf and bold.otf beside this file."""
    first = [*LATIN, *MARKS, *letters(SIGNS), *letters(FIRST_LEVEL)]
    write(folder / "NotoSansCJK-Regular.ttc", HERE / "regular.otf", [*first, *letters(SECOND_LEVEL), *NAMES])
    write(folder / "NotoSansCJK-Bold.ttc", HERE / "bold.otf", first)


def letters(rows: Iterable[int]) -> list[str]:
    """The letters of these rows of GB2312."""
    cells = [bytes([0xA0 + row, 0xA0 + cell]) for row in rows for cell in range(1, 95)]
    return [letter for cell in cells if (letter := cell.decode("gb2312", "ignore"))]


def write(collection: Path, target: Path, wanted: Iterable[str]) -> None:
    """One small font with the wanted letters and nothing that a printer does not need."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    font = member(TTCollection(str(collection), lazy=True))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={ord(letter) for letter in wanted})
    cutter.subset(font)
    font["head"].modified = font["head"].created  # the same letters make the same file
    font.recalcTimestamp = False
    font.save(str(target))


def member(collection: TTCollection) -> TTFont:
    """The simplified Chinese one of the collection."""
    return next(font for font in collection.fonts if font["name"].getDebugName(1) == FAMILY)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
