"""What the desk of the dividend sends and reads."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from gongfen.api.ground import Id, Money
from gongfen.api.sharing import Said

MOST = 1 << 53
Whole = Annotated[int, Field(gt=0, le=MOST, multiple_of=100, description="hundredths of a fen, whole fen")]


class LineIn(Schema):
    kind: Literal["cost", "reserve", "welfare"]
    percent: int = Field(0, ge=0, le=100)
    money: int = Field(0, ge=0, le=MOST, multiple_of=100)


class PlanIn(Schema):
    pool: Whole
    head_percent: int = Field(ge=0, le=100, description="70 is 人七劳三")
    lines: list[LineIn] = Field([], max_length=10)
    unit: Literal[100, 10000] = 100


class RunIn(PlanIn):
    village: Id | None = Field(None, description="without one, a run of the town")
    begins: date
    ends: date


class Digest(Schema):
    digest: str = Field(pattern="^[0-9a-f]{64}$", description="of the file that the confirmer has looked at")


class Decision(Schema):
    upheld: bool
    answer: Said


class AdvanceIn(Schema):
    resident: Id
    money: Whole


class AdvanceOut(Schema):
    id: Id
    resident: Id
    name: str
    money: Money
    state: str


class Progress(Schema):
    """How far paying is. Call again until `paid_now` is 0."""

    paid_now: int
    shares: int
    paid_shares: int
    paid: Money
    unpaid: Money


class BarOut(Schema):
    least: Money
    most: Money = Field(description="0: no upper end")
    lines: int | None = Field(description="none where fewer than ten stand behind it")


class WhatIfRow(Schema):
    head_percent: int
    shared: Money
    a_head: Money
    a_hundred_points: Money
    lower_quarter: Money | None
    middle: Money | None
    upper_quarter: Money | None
    bars: list[BarOut]


class UnpaidOut(Schema):
    """A share whose payee has left."""

    id: Id
    payout: Money
    is_asked: bool
