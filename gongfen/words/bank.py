"""What is said about a bank's statement: where it differs from our books, and which of its lines cannot be read."""

DIFFERENCES: dict[str, tuple[str, str]] = {
    "said_twice": ("回单里说了两次，说法不一样", "the statement says it twice, and differently"),
    "said_otherwise_before": ("和以前回单说的不一样", "an earlier statement said otherwise"),
    "not_ours": ("不是我们付的，或者没有送出去过", "not one of ours, or it never went out"),
    "other_sum": ("金额不一样", "another sum"),
    "not_in_statement": ("回单里没有，还在路上", "not in the statement, still under way"),
}
FAULTS: dict[str, tuple[str, str]] = {
    "not_text": (
        "不是 UTF-8 或 GB18030 文本，或引号没有配对",
        "is not text in UTF-8 or GB18030, or its quotes do not close",
    ),
    "not_workbook": (
        "不是读得了的 XLSX 表格，请另存为 .xlsx 再来",
        "is not a workbook that can be read; please save it as .xlsx",
    ),
    "first_line": (
        "第一行应是 H,gongfen-statement,1,日期,CNY",
        "the first line must be H,gongfen-statement,1,<day>,CNY",
    ),
    "five_fields": ("应有 5 栏：L,编号,金额,结果,原因", "needs five fields: L,reference,sum,answer,reason"),
    "no_reference": ("没有写是哪一笔", "names no payout"),
    "sum": ("金额要写成 1234.50", "the sum must look like 1234.50"),
    "answer": ("结果只能是 paid 或 bounced", "the answer is either paid or bounced"),
    "last_line": ("缺最后的合计行 T,笔数,合计,校验", "the last line is missing: T,count,total,checksum"),
    "count": ("笔数和上面的行对不上", "the count does not agree with the lines"),
    "total": ("合计和上面的行对不上", "the total does not agree with the lines"),
    "checksum": ("校验码不对，文件被改过", "the checksum is not right: the file was changed"),
}


def told(book: dict[str, tuple[str, str]], code: str, lang: str) -> str:
    """One of the sentences above; an unknown code reads as itself."""
    pair = book.get(code, (code, code))
    return pair[1] if lang == "en" else pair[0]
