"""`gongfen words`: what every refusal says, zh and en, as the app keeps it for when the server cannot say it itself."""

import json
from argparse import ArgumentParser, Namespace

from gongfen.words import catalogue

SUMMARY = ("每一种没办成，中文和英文怎么说（给小程序）", "What every refusal says, zh and en (for the app)")
HEAD = (
    "// Written by `gongfen words`: every refusal of the server, zh and en.\n"
    "export type Catalogue = Record<string, readonly [zh: string, en: string]>\n\n"
    "export const REFUSALS: Catalogue = {"
)


def add(parser: ArgumentParser) -> None:
    """No options of its own."""


def written() -> str:
    """The catalogue as TypeScript, a line a code, by code; the facts stay in their braces."""
    lines = [
        f"  {json.dumps(code)}: {json.dumps(pair, ensure_ascii=False)}," for code, pair in sorted(catalogue().items())
    ]
    return "\n".join((HEAD, *lines, "}")) + "\n"


def run(options: Namespace) -> int:
    """To standard output."""
    print(written(), end="")
    return 0
