"""One's own standing, in its own place; proofs of it; and the check page that anyone with a code may ask."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from gongfen.api.ground import ActKey, CallerRequest, Id, NoSuch, Nothing, answers, client_key, language, resident_only
from gongfen.rules.standing import Counted
from gongfen.standing import proofs, queries
from gongfen.standing.models import Proof
from gongfen.town import clock
from gongfen.town.models import Town
from gongfen.words.standing import BECAUSE, FORMULA, NOT_A_CONDITION

router = Router(tags=["standing"])
Purpose = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]


class DeedOut(Schema):
    """One recorded contribution. `number` is its place in the town's journal."""

    number: int
    day: date
    kind: str
    minutes: int
    grade: str


class StandingLine(DeedOut):
    counted_minutes: int
    weight: int
    because: str
    told: str


class TallyOut(Schema):
    kind: str
    acts_12: int
    minutes_12: int
    acts_36: int
    minutes_36: int


class StandingOut(Schema):
    value: int
    formula: str
    by_kind: list[TallyOut]
    lines: list[StandingLine]


class Record(Schema):
    """What the published formula needs to make the same number (docs/standing.md)."""

    day: date
    formula: str
    value: int
    lines: list[DeedOut]


class ProofIn(Schema):
    numbers: list[int] = Field(min_length=1, max_length=200, description="which of one's own lines")
    purpose: Purpose
    days: int = Field(ge=1, le=30)
    with_value: bool = False


class ProofOut(Schema):
    id: Id
    code: str = Field(description="for the check page; goes into the QR code")
    purpose: str
    made_at: datetime
    expires_at: datetime
    lines: list[DeedOut]
    value: int | None


class CheckOut(Schema):
    number: str
    name: str
    village: str
    purpose: str
    made_at: datetime
    expires_at: datetime
    lines: list[DeedOut]
    value: int | None
    signature: str = Field(description="Ed25519, base64")
    public_key: str
    is_right: bool
    promise: str = Field(description="not a condition for any service")


def _line(line: Counted, lang: str) -> dict[str, Any]:
    told = BECAUSE[line.because][lang == "en"]
    counted = {"counted_minutes": line.minutes, "weight": line.weight, "because": line.because, "told": told}
    return queries.line_values(line.deed) | counted


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "id": proof.id, "code": proofs.code_of(proof), "purpose": proof.purpose, "made_at": proof.made_at,
        "expires_at": proof.expires_at, "lines": proof.lines, "value": proof.value,
    }  # fmt: skip


@router.get("/me/standing", auth=resident_only, response=answers(StandingOut))
def my_standing(request: CallerRequest) -> dict[str, Any]:
    """One's own standing, explained line by line. Nobody else can ask for it."""
    lang = language(request)
    found = queries.standing_of(request.auth.resident, clock.now())
    return {
        "value": found.value,
        "formula": FORMULA[lang == "en"],
        "by_kind": [{"kind": kind, **vars(tally)} for kind, tally in sorted(found.by_kind.items())],
        "lines": [_line(line, lang) for line in reversed(found.lines)],
    }


@router.get("/me/standing/export", auth=resident_only, response=answers(Record))
def export(request: CallerRequest) -> dict[str, Any]:
    """One's own record, to recompute the number elsewhere."""
    return queries.own_record(request.auth.resident, clock.now())


@router.get("/me/proofs", auth=resident_only, response=answers(list[ProofOut]))
def my_proofs(request: CallerRequest) -> list[dict[str, Any]]:
    """One's own proofs that are valid now."""
    return [_proof(proof) for proof in proofs.proofs_of(request.auth.resident, clock.now())]


@router.post("/me/proofs", auth=resident_only, response=answers(ProofOut, 201))
def make_proof(request: CallerRequest, body: ProofIn, key: ActKey) -> tuple[int, dict[str, Any]]:
    """Make a proof of lines one picks, for a purpose, for some days."""
    caller = request.auth
    proof = proofs.make(
        caller.resident, numbers=body.numbers, purpose=body.purpose, days=body.days, with_value=body.with_value,
        key=client_key(caller, key), now=clock.now(),
    )  # fmt: skip
    return 201, _proof(proof)


@router.delete("/me/proofs/{proof}", auth=resident_only, response=answers(Nothing))
def end_proof(request: CallerRequest, proof: Id, key: ActKey) -> Nothing:
    """End a proof: its check page shows nothing from now on."""
    proofs.end(request.auth.resident, proof, now=clock.now())
    return Nothing()


@router.get("/towns/{town}/proofs/{code}", response=answers(CheckOut))
def check_proof(request: HttpRequest, town: int, code: str) -> dict[str, Any]:
    """What a proof's code shows until it expires: the lines that its owner picked, and nothing else."""
    found = Town.objects.filter(code=town).first() if 0 <= town < 1 << 20 else None
    if found is None:
        raise NoSuch(what="town")
    checked = proofs.check(found, code, now=clock.now())
    return {**vars(checked), "promise": NOT_A_CONDITION[language(request) == "en"]}
