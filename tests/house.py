"""The rules of the house that a machine can check: where to look, what not to find, what to use instead."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_AN_ENDPOINT = 15
NOT_OURS = {"var", "node_modules", "__pycache__", "dist", "build", "fonts"}  # and what begins with a dot
TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".txt",
    ".json",
    ".html",
    ".css",
    ".js",
    ".ts",
    ".vue",
    ".csv",
    ".yml",
    ".sh",
    "",
}


@dataclass(frozen=True)
class Pattern:
    """Something that a line of our code may not hold, but in some places."""

    name: str
    pattern: str
    instead: str
    where: tuple[str, ...] = ("gongfen/*",)
    but: tuple[str, ...] = ()

    def found_in(self, file: str, text: str) -> list[str]:
        if not any(fnmatch(file, place) for place in self.where) or any(fnmatch(file, place) for place in self.but):
            return []
        return [
            f"{file}:{text.count(chr(10), 0, hit.start()) + 1}: {self.name}; instead: {self.instead}"
            for hit in re.finditer(self.pattern, text, re.MULTILINE)
        ]


FLOORS = ("town", "journal", "ledger", "people", "fund", "activities", "shops", "dividends", "standing", "notices")
ROWS = tuple(f"gongfen/{floor}/*" for floor in (*FLOORS, "statements", "api"))
AMOUNTS = tuple(f"gongfen/{floor}/*" for floor in ("rules", *FLOORS, "statements", "api"))
NO_PATHS_HERE = ("gongfen/rules/", "gongfen/ledger/", "gongfen/fund/")
PURE = ("gongfen/rules/*", "gongfen/activities/kinds/*")
PATTERNS = [
    Pattern("a row is saved", r"\.save\(", "a conditional update, Model.of(town).filter(…).update(…)", ROWS),
    Pattern("a signal", r"django\.dispatch|models\.signals|core\.signals", "a plain call", but=("*/apps.py",)),
    Pattern(
        "the clock",
        r"\b(datetime|timezone|date)\.(now|utcnow|today)\(|\btime\.(time|monotonic|sleep)",
        "a parameter `now`",
        PURE,
    ),
    Pattern(
        "the wall clock",
        r"\b(datetime|timezone)\.(now|utcnow)\(|\bdate\.today\(",
        "a parameter `now`; the doors read gongfen.town.clock",
        but=("gongfen/town/clock.py", "gongfen/bench/*", *PURE),
    ),
    Pattern("chance", r"^\s*(import|from) (random|secrets|uuid|time)\b", "a parameter", PURE),
    Pattern(
        "a balance is written",
        r"SET balance|\.update\([^)]*\bbalance=|\.balance\s*[-+]?=(?!=)",
        "moves of an act (ledger/book.py)",
        but=("gongfen/ledger/book.py", "gongfen/ledger/storage*.py", "gongfen/rules/posting.py"),
    ),
    Pattern(
        "SQL",
        r"\.cursor\(|\bRawSQL\b|\.raw\(|\.extra\(",
        "queries.py, or a query of Django's",
        but=(
            "gongfen/ledger/book.py",
            "gongfen/ledger/storage*.py",
            "gongfen/ledger/guards.py",
            "*/queries*.py",
            "*audit*",
            "*/migrations/*",
            "gongfen/bench/*",
        ),
    ),
    Pattern(
        "something left to do",
        r"\b(TODO|FIXME|XXX|HACK)\b",
        "do it, or leave it out",
        ("gongfen/*", "tests/*"),
        ("tests/house.py",),
    ),
    Pattern(
        "a test that does not run", r"\bpytest\.(mark\.)?(skip|xfail)|\bskip[iI]f\b", "a test that runs", ("tests/*",)
    ),
    Pattern(
        "a silenced line",
        r"# (type: ignore(?!\[[\w-]+\]\s+# \w)|noqa(?!: \w+\s+# \w))",
        "the rule's name and a reason beside it",
    ),
    Pattern(
        "a download address",
        r"pythonhosted[.]org|registry[.]npmjs|--(extra-)?index-url|npmmirror[.]com",
        "nothing: the machine knows where its packages are",
        ("*",),
        ("tests/house.py",),
    ),
    Pattern("a path of one machine", r"/wor[k]/(main|shared)|/roo[t]/", "a path inside the project", ("*",)),
]
# A token's or a join code's hash says which town it is.
BEFORE_A_TOWN_IS_KNOWN = {
    ("gongfen/people/queries.py", "Resident"),
    ("gongfen/people/joining.py", "JoinCode"),
    ("gongfen/wechat/signing_in.py", "WeChatLink"),
    ("gongfen/api/ground.py", "Village"),  # a village's page says which town it is
    ("gongfen/api/public.py", "Village"),  # the list of all villages
}
BAD_NAMES = {"utils", "util", "helpers", "common", "misc", "managers", "services", "signals", "serializers", "handlers"}

WORDS = {
    "transaction": "act, or transfer",
    "wallet": "account",
    "purse": "account",
    "escrow": "backing",
    "treasury": "fund",
    "currency": "unit",
    "credit": "cash, points, or standing",
    "debit": "entry",
    "coin": "point",
    "score": "standing, or points",
    "chargeback": "refund",
    "penalty": "nothing: points are never taken",
    "deduct": "hand back",
    "event": "act, or activity",
    "task": "activity",
    "project": "activity",
    "payload": "facts",
    "metadata": "facts",
    "user": "resident, or staff",
    "villager": "resident",
    "citizen": "resident",
    "customer": "household, or resident",
    "tenant": "town",
    "organization": "town",
    "seller": "merchant",
    "moderator": "reviewer",
    "moderation": "review",
    "proxy": "helper",
    "airdrop": "dividend",
    "bonus": "dividend",
    "manager": "an act, or a query",
    "service": "an act",
    "handler": "an act, or an endpoint",
    "repository": "queries.py",
    "selector": "queries.py",
    "dao": "queries.py",
}
OF_DJANGO_USERS = (
    "gongfen/console/*",
    "gongfen/people/staff.py",
    "gongfen/people/models.py",
)  # who signs in at the desk
VERBS = {"process", "handle", "manage", "do", "perform", "execute", "get", "set", "update"}
ALLOWED = {
    "set_aside",
    "handler404",  # Django's name
    "get_openapi_schema",  # Ninja's
    "handle_key",  # of a pay code's handle
    "handle",
    "get_extra_restriction",
    "get_extra_descriptor_filter",
    "get_queryset",
    "get_value",
    "get_urls",
    "get_response",
}


def is_ours(path: Path) -> bool:
    return not any(part in NOT_OURS or (part.startswith(".") and part != ".ci") for part in path.parts)


@cache
def texts() -> dict[str, str]:
    """Every text file of ours, by its path inside the project."""
    found = {}
    for file in sorted(ROOT.rglob("*")):
        path = file.relative_to(ROOT)
        if file.suffix in TEXTS and is_ours(path) and file.is_file():
            try:
                found[str(path)] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


def python(*folders: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Our Python files in these folders, parsed."""
    for file, text in texts().items():
        if file.split("/")[0] in folders and file.endswith(".py"):
            yield file, text, ast.parse(text)


def words_of(identifier: str) -> set[str]:
    """The words of a name: `TillRequest`, `till_request` → till, request."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", identifier)}


def names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names that a file gives: classes, functions, parameters, variables, fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_endpoint(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("router." in ast.unparse(decorator) for decorator in function.decorator_list)


def lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has after its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def floats(file: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Where a file uses floats: the word, a number with a point, and among amounts a division that makes one."""
    for node in ast.walk(tree):
        word = isinstance(node, ast.Name) and node.id == "float"
        number = isinstance(node, ast.Constant) and isinstance(node.value, float)
        division = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and file.startswith(NO_PATHS_HERE)
        if isinstance(node, ast.expr) and (word or number or division):
            yield node
