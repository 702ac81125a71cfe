#!/usr/bin/env python3
"""Recompute a dividend from its public file, to the cent. Needs Python alone, nothing of Gongfen.

    python3 verify_dividend.py FILE.csv

Written apart from the program that paid the dividend, from docs/dividend.md only: it works with exact fractions.
"""

import sys
from fractions import Fraction


def read_file(path):
    """The head as {name: number}, the lines taken from the pool, and the slips."""
    head, lines, slips, columns = {}, [], [], None
    with open(path, encoding="utf-8-sig") as file:
        if file.readline().strip() != "gongfen dividend,1":
            sys.exit("not a gongfen dividend file / 这不是分红公示文件")
        for text in file:
            cells = text.strip().split(",")
            if columns is not None and len(cells) == len(columns):
                slips.append(dict(zip(columns, map(int, cells), strict=True)))
            elif cells[0] == "slip":
                columns = cells
            elif cells[0] == "line":
                lines.append((int(cells[2]), int(cells[3]), int(cells[4])))
            elif cells[0] not in ("run", "from", "until") and columns is None:
                head[cells[0]] = int(cells[1])
            elif columns is not None and text.strip():
                sys.exit(f"cannot read / 读不懂这一行: {text.strip()}")
    return head, lines, slips


def dues(head, shared, slips):
    """The exact due of every slip in units, by the published rule."""
    heads = sum(slip["heads"] for slip in slips)
    points = sum(slip["points"] for slip in slips)
    by_heads = Fraction(head["head_percent"], 100) * shared
    by_points = shared - by_heads
    found = {}
    for slip in slips:
        due = Fraction(0)
        if by_heads:
            due += by_heads * slip["heads"] / heads
        if by_points:
            due += by_points * slip["points"] / points
        found[slip["slip"]] = due
    return found


def round_out(exact, shared, turn):
    """Whole units; the rest one each to the largest remainders, equals in turn."""
    whole = {slip: due.numerator // due.denominator for slip, due in exact.items()}
    left = shared - sum(whole.values())
    groups = {}
    for slip in sorted(exact):
        groups.setdefault(exact[slip] - whole[slip], []).append(slip)
    for remainder in sorted(groups, reverse=True):
        equals = groups[remainder]
        start = turn % len(equals) if len(equals) > left else 0
        for slip in (equals[start:] + equals[:start])[:left]:
            whole[slip] += 1
            left -= 1
        if not left:
            return whole
    return whole


def main(path):
    head, lines, slips = read_file(path)
    wrong = []

    def check(what, said, found):
        if said != found:
            wrong.append(f"{what}: file / 文件 {said}, sum / 重算 {found}")

    pool, unit = head["pool"], head["unit"]
    for number, (percent, money, taken) in enumerate(lines, 1):
        check(f"line {number}", taken, money + pool * percent // 100 // 100 * 100)
    shared, rest = divmod(pool - sum(taken for _, _, taken in lines), unit)
    check("slips", len({slip["slip"] for slip in slips}), len(slips))
    units = round_out(dues(head, shared, slips), shared, head["turn"])
    for slip in slips:
        money = units[slip["slip"]] * unit
        check(f"slip {slip['slip']} share", slip["share"], money)
        check(f"slip {slip['slip']} payout", slip["payout"], max(0, money - slip["advance"]))
        check(f"slip {slip['slip']} forgiven", slip["forgiven"], max(0, slip["advance"] - money))
    totals = {"rest": rest, "shared": shared * unit, "shares": len(slips)}
    for name in ("heads", "points", "payouts", "advances", "forgiven"):
        totals[name] = sum(slip[{"payouts": "payout", "advances": "advance"}.get(name, name)] for slip in slips)
    for name, found in totals.items():
        check(name, head[name], found)
    check("payouts + advances", totals["payouts"] + totals["advances"], totals["shared"] + totals["forgiven"])
    yuan, fen = divmod(shared * unit // 100, 100)
    print("\n".join(wrong) or f"right to the cent / 分文不差: {len(slips)} slips, {yuan}.{fen:02d} yuan")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
