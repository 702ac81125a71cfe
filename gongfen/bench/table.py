"""What was measured, as a table for people."""

from typing import Any

Leaf = dict[str, Any]
Found = dict[str, dict[str, dict[str, Leaf]]]


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _share(leaf: Leaf) -> str:
    plain = leaf.get("unchecked_per_s")
    return f"{leaf['transfers_per_s'] / plain:.0%}" if plain and leaf.get("transfers_per_s") else "–"


def _rest(leaf: Leaf) -> str:
    known = ("transfers_per_s", "unchecked_per_s")
    return ", ".join(f"{name} {_number(value)}" for name, value in leaf.items() if name not in known)


def table(found: Found) -> str:
    """Markdown, so that it can go into docs/performance.md as it is."""
    lines = [
        "| engine | work | size | transfers/s | unchecked rows/s | share | more |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for engine, works in found.items():
        for work, sizes in works.items():
            for size, leaf in sizes.items():
                speed, plain = _number(leaf.get("transfers_per_s")), _number(leaf.get("unchecked_per_s"))
                much = _number(int(size))
                lines.append(f"| {engine} | {work} | {much} | {speed} | {plain} | {_share(leaf)} | {_rest(leaf)} |")
    return "\n".join(lines)
