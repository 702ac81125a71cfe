"""R03: no fine, no deduction, no confiscation. Points leave a resident only by their owner's act or a ruling."""

import ast
from pathlib import Path

import pytest

import gongfen
from gongfen.activities import reversals
from gongfen.ledger.models import Transfer
from gongfen.rules.posting import Kind, address
from tests.earning_life import DAY, Life

SOURCE = Path(gongfen.__file__).parent
TAKES_POINTS = {"take_back", "redeem", "help_given"}  # of fund/moves.py
ITS_USERS = {"pay": "redeem", "hand_back": "take_back"}
REVERSERS = {"activities/reversals.py"}


def calls(tree, name):
    """Calls of a function by this name, plain or of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if getattr(called, "id", getattr(called, "attr", "")) == name:
                yield node


def test_three_makers_of_moves_take_points_and_no_other():
    tree = ast.parse((SOURCE / "fund" / "moves.py").read_text())
    takers = set()
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        for move in calls(function, "Move"):
            source = move.args[0]
            if isinstance(source, ast.Call) and getattr(source.func, "id", "") == "points":
                takers.add(function.name)
    assert takers == TAKES_POINTS


def test_nobody_else_moves_points_away():
    """Outside fund/moves.py, no code makes a move that begins at a resident's points."""
    for file in SOURCE.rglob("*.py"):
        if file == SOURCE / "fund" / "moves.py":
            continue
        for move in calls(ast.parse(file.read_text()), "Move"):
            first = ast.unparse(move.args[0]) if move.args else ""
            assert "points" not in first.lower(), f"{file}: {first}"


def test_an_award_is_reversed_in_one_place_with_consent_or_a_ruling():
    told = ast.parse((SOURCE / "activities" / "reversals.py").read_text())
    reasons = {ast.unparse(call.args[3]) for call in calls(told, "_reverse")}
    assert reasons == {"Reason.CONSENT", "Reason.RULING"}
    users = {
        str(file.relative_to(SOURCE))
        for file in (SOURCE / "activities").rglob("*.py")
        if any(calls(ast.parse(file.read_text()), "reverse"))
    }
    assert users == REVERSERS


@pytest.mark.django_db
def test_in_a_season_every_debit_has_one_of_these_acts():
    life = Life()
    weeding = life.publish(ends_at=life.now + 90 * DAY)
    made = {who: life.claim(weeding, who, minutes=120) for who in ("li", "wang", "zhao", "chen")}
    life.approve(made["li"], made["wang"], made["chen"])
    life.refuse(made["zhao"])
    life.object(made["chen"], who="wang")
    life.refuse(made["chen"], by=life.second)
    life.days_pass(6)
    asked = reversals.ask_reversal(life.reviewer, made["wang"].id, "记重了", now=life.now)
    reversals.consent_to_reversal(life.wang, asked.id, now=life.now)
    debits = [
        transfer.act.verb
        for transfer in Transfer.of(life.town).select_related("act")
        if address(transfer.source_id).kind is Kind.POINTS
    ]
    assert debits == ["claim.reverse"]
    assert (life.points("li"), life.points("wang"), life.points("zhao"), life.points("chen")) == (200, 0, 0, 0)
