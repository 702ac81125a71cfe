"""Reversing an act: the opposite of its transfers, whole or in part, linked, and never more than there was."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from gongfen.journal.models import Act
from gongfen.ledger.batch import Batch
from gongfen.ledger.draft import Draft
from gongfen.ledger.models import Reversal, Transfer
from gongfen.rules.posting import Move, address
from gongfen.rules.refusals import Refusal


class Reason(StrEnum):
    """Why an act is reversed."""

    CONSENT = "consent"
    RULING = "ruling"
    REFUND = "refund"
    BOUNCED = "bounced"
    MISTAKE = "mistake"


class ReversedAlready(Refusal):
    """Nothing, or not that much, is left to reverse. `left` is what is, in hundredths."""

    code = "reversed_already"


class NothingToReverse(Refusal):
    """The act moved nothing, or is a reversal itself."""

    code = "nothing_to_reverse"


def left_of(batch: Batch, act: int) -> dict[int, int]:
    """What is left to reverse of an act: amount by line, in hundredths. Nothing for a reversal itself."""
    town = batch.town
    if Reversal.of(town).filter(act_id=act).exists():
        return {}
    lines = {transfer.line: transfer.amount for transfer in Transfer.of(town).filter(act_id=act)}
    for facts in Reversal.of(town).filter(reversed_id=act).values_list("act__facts", flat=True):
        for line, amount in facts["lines"].items():
            lines[int(line)] -= amount
    return lines


def reverse(
    batch: Batch,
    act: Act,
    *,
    by: int,
    reason: Reason,
    key: str,
    lines: Mapping[int, int] | None = None,
    verb: str = "act.reverse",
    facts: Mapping[str, Any] | None = None,
) -> Draft:
    """An act in this batch that posts the opposite of `act`.

    `lines` says how much of each line (hundredths); without it all that is left when the batch began.
    """
    left = left_of(batch, act.id)
    wanted = {line: amount for line, amount in (left if lines is None else lines).items() if amount}
    told = {**(facts or {}), "act": act.number, "reason": reason.value}
    draft = batch.act(
        key=key,
        verb=verb,
        by=by,
        about=act.about,
        facts={**told, "lines": _text_keys(wanted)},
        # What is left changes with the reversal: the request is what was asked for, so that a repeat is the same.
        asked=json.dumps([told, None if lines is None else _text_keys(lines)], sort_keys=True),
    )
    if not left:
        draft.refuse(NothingToReverse(act=act.number))
    draft.asks(lambda: _check(batch, act, wanted, left))
    draft.then(lambda: _take(batch, act, wanted))
    transfers = {transfer.line: transfer for transfer in Transfer.of(batch.town).filter(act_id=act.id)}
    for line in sorted(wanted, reverse=True):
        if line in transfers:
            moved = transfers[line]
            draft.moves(Move(address(moved.target_id), address(moved.source_id), wanted[line]))
    draft.creates(lambda number: Reversal(town=batch.town, act_id=number, reversed_id=act.id, reason=reason.value))
    return draft


def _check(batch: Batch, act: Act, wanted: Mapping[int, int], left: Mapping[int, int]) -> Refusal | None:
    """Is that much left of each line, after what earlier acts of the batch took?"""
    now = {line: amount - batch.reversed.get((act.id, line), 0) for line, amount in left.items()}
    if not wanted or any(not 0 < amount <= now.get(line, 0) for line, amount in wanted.items()):
        return ReversedAlready(act=act.number, left=sum(now.values()))
    return None


def _take(batch: Batch, act: Act, wanted: Mapping[int, int]) -> None:
    for line, amount in wanted.items():
        batch.reversed[act.id, line] = batch.reversed.get((act.id, line), 0) + amount


def _text_keys(lines: Mapping[int, int]) -> dict[str, int]:
    return {str(line): amount for line, amount in lines.items()}
