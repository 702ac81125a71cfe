"""`gongfen audit`: recompute the books of every town and name what differs."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

SUMMARY = ("查账：重算每一笔余额", "Recompute the books and name what differs")
MOST_SHOWN = 20
WHOLE_BELOW = 300_000  # transfers: books of that size are proved from the first act on in a few seconds, so they are


def add(parser: ArgumentParser) -> None:
    """`--json`, `--full`."""
    parser.add_argument("--json", action="store_true", help="JSON: transfers, acts, differences")
    parser.add_argument(
        "--full",
        action="store_true",
        help="从第一笔查起（账不大时总是这样） · from the first act on, as smaller books always are",
    )


def run(options: Namespace) -> int:
    """0 when every town's books are right, 1 with the first differences named when they are not."""
    from gongfen.ledger.audit import audit, last_audit
    from gongfen.town.models import Town

    reports = []
    for town in Town.objects.order_by("code"):
        last = last_audit(town)
        is_small = last is None or last.transfers < WHOLE_BELOW
        reports.append(audit(town, full=options.full or is_small))
    if options.json:
        print(json.dumps(told(reports), ensure_ascii=False, indent=1))
    else:
        show(reports, options.say)
    return 1 if any(not report.passed for report in reports) else 0


def told(reports: list[Any]) -> dict[str, Any]:
    """The reports for programs."""
    return {
        "transfers": sum(report.transfers for report in reports),
        "acts": sum(report.acts for report in reports),
        "accounts": sum(report.accounts for report in reports),
        "found": sum(report.found for report in reports),
        "differences": [
            {"town": report.town.code, "code": difference.code, "facts": difference.facts}
            for report in reports
            for difference in report.differences
        ],
        "towns": [
            {
                "town": report.town.code,
                "since": report.since,
                "last": report.last,
                "acts": report.acts,
                "transfers": report.transfers,
                "passed": report.passed,
            }
            for report in reports
        ],
    }


def show(reports: list[Any], say: Any) -> None:
    """The reports for people."""
    from gongfen.words.audit import difference

    if not reports:
        print(say("还没有账可查：这个数据库里没有乡镇", "No books yet: this database has no town"))
    for report in reports:
        since = say(f"从第 {report.since + 1} 号起", f"from number {report.since + 1}")
        print(
            say(
                f"{report.town.name}：{since}查到第 {report.last} 号，共 {report.acts:,} 笔记录、"
                f"{report.transfers:,} 笔转账、{report.accounts:,} 个账户",
                f"{report.town.name_en or report.town.name}: {since} to {report.last}; {report.acts:,} acts, "
                f"{report.transfers:,} transfers, {report.accounts:,} accounts",
            )
        )
        if report.passed:
            print(say("  分文不差", "  right to the hundredth"))
            continue
        for each in report.differences[:MOST_SHOWN]:
            print(f"  {difference(each.code, each.facts, say('zh', 'en'))}")
        print(say(f"  有 {report.found} 处对不上", f"  {report.found} differences"))
