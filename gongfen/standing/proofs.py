"""Proofs of participation: the owner picks lines and a purpose; anyone with the code may check them till they expire.

A proof is its owner's matter: what it is for and to whom it is shown stands in no journal.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from gongfen.people.models import Resident
from gongfen.rules.refusals import Refusal
from gongfen.standing.models import Proof
from gongfen.standing.queries import check_age, line_values, standing_of
from gongfen.town.ids import next_id
from gongfen.town.models import Town

MOST_DAYS = 30
MOST_LINES = 200
MOST_OPEN = 20
CODE_BYTES = 15  # 120 bits: 24 characters that can be read aloud


class NoLines(Refusal):
    """A proof shows at least one line of one's own, and at most two hundred."""

    code = "proof_no_lines"


class NoSuchLine(Refusal):
    """One of these lines is not in one's own record."""

    code = "no_such_line"


class NoPurpose(Refusal):
    """A proof names what it is for, in at most sixty characters."""

    code = "proof_no_purpose"


class BadDays(Refusal):
    """A proof expires after 1 to 30 days."""

    code = "proof_bad_days"


class TooManyProofs(Refusal):
    """Many proofs are valid at once; end one first."""

    code = "proof_too_many"


class NoSuchProof(Refusal):
    """There is no such proof, or it expired, or its owner ended it."""

    code = "no_such_proof"


@dataclass(frozen=True)
class Checked:
    """What the check page shows: the lines that were picked, and nothing else about their owner."""

    number: str
    name: str
    village: str
    purpose: str
    made_at: datetime
    expires_at: datetime
    lines: list[dict[str, Any]]
    value: int | None
    signature: str
    public_key: str
    is_right: bool  # the signature fits


def make(
    resident: Resident,
    *,
    numbers: Collection[int],
    purpose: str,
    days: int,
    with_value: bool = False,
    key: str,
    now: datetime,
) -> Proof:
    """Make a proof of these lines (numbers of acts). Sending it again gives the same proof."""
    check_age(resident)
    before = Proof.of(resident.town).filter(resident=resident.subject, key=key).first()
    if before is not None:
        return before
    wanted = set(numbers)
    standing = standing_of(resident, now)
    lines = [line_values(line.deed) for line in standing.lines if line.deed.number in wanted]
    if not 0 < len(wanted) <= MOST_LINES:
        raise NoLines()
    if len(lines) < len(wanted):
        raise NoSuchLine()
    if not purpose.strip() or len(purpose.strip()) > 60 or not purpose.strip().isprintable():
        raise NoPurpose()
    if not 1 <= days <= MOST_DAYS:
        raise BadDays(most=MOST_DAYS)
    if len(proofs_of(resident, now)) >= MOST_OPEN:
        raise TooManyProofs(most=MOST_OPEN)
    proof = Proof(
        id=next_id(), town=resident.town, resident=resident.subject, key=key, purpose=purpose.strip(), lines=lines,
        value=standing.value if with_value else None, made_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    proof.signature = town_key(resident.town_id).sign(signed_text(proof, resident.name))
    Proof.objects.bulk_create([proof], ignore_conflicts=True)
    return Proof.of(resident.town).get(resident=resident.subject, key=key)


def proofs_of(resident: Resident, now: datetime) -> list[Proof]:
    """The owner's proofs that are valid now, newest first."""
    own = Proof.of(resident.town_id).filter(resident=resident.subject, ended_at=None, expires_at__gt=now)
    return list(own.order_by("-id"))


def end(resident: Resident, proof: int, *, now: datetime) -> None:
    """The owner ends a proof: its check page shows nothing from now on. Ending it again is fine."""
    own = Proof.of(resident.town_id).filter(resident=resident.subject, id=proof)
    if not own.exists():
        raise NoSuchProof()
    own.filter(ended_at=None).update(ended_at=now)


def forget(town: Town, *, subject: int | None = None, now: datetime | None = None) -> int:
    """Delete somebody's proofs (they leave), or those that expired a month ago; how many there were."""
    rows = Proof.of(town)
    rows = rows.filter(resident=subject) if subject is not None else rows
    rows = rows.filter(expires_at__lt=now - timedelta(days=MOST_DAYS)) if now is not None else rows
    return rows.delete()[0]


def check(town: Town, code: str, *, now: datetime) -> Checked:
    """What a proof's code shows. One answer for unknown, expired and ended ones."""
    number, _, secret = code.strip().upper().replace(" ", "").partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 19):
        raise NoSuchProof()
    proof = Proof.of(town).filter(id=int(number), ended_at=None, expires_at__gt=now).first()
    if proof is None or not hmac.compare_digest(code_of(proof).encode(), f"{number}-{secret}".encode()):
        raise NoSuchProof()
    owner = Resident.of(town).filter(subject=proof.resident, left_at=None).select_related("village").first()
    if owner is None:
        raise NoSuchProof()
    return Checked(
        number=str(proof.id), name=owner.name, village=owner.village.name, purpose=proof.purpose,
        made_at=proof.made_at, expires_at=proof.expires_at, lines=proof.lines, value=proof.value,
        signature=base64.b64encode(bytes(proof.signature)).decode(), public_key=public_key(town.id),
        is_right=signature_fits(proof, owner.name),
    )  # fmt: skip


def code_of(proof: Proof) -> str:
    """The code of the check page: made anew from the server's secret, so that no table holds it."""
    made = hmac.digest(settings.SECRET_KEY.encode(), f"proof {proof.town_id} {proof.id}".encode(), "sha256")
    return f"{proof.id}-{base64.b32encode(made[:CODE_BYTES]).decode()}"


def signed_text(proof: Proof, name: str) -> bytes:
    """What is signed: everything that the proof says and whose it is, in one canonical text."""
    said = {
        "proof": str(proof.id), "town": str(proof.town_id), "name": name, "purpose": proof.purpose,
        "lines": proof.lines, "value": proof.value, "until": int(proof.expires_at.timestamp()),
    }  # fmt: skip
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signature_fits(proof: Proof, name: str) -> bool:
    """Did this town sign exactly this?"""
    try:
        town_key(proof.town_id).public_key().verify(bytes(proof.signature), signed_text(proof, name))
    except InvalidSignature:
        return False
    return True


def town_key(town: int) -> Ed25519PrivateKey:
    """The town's signing key, derived from the server's secret: no table holds it."""
    return _key(settings.SECRET_KEY, town)


@lru_cache(maxsize=64)
def _key(server_secret: str, town: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        hmac.digest(server_secret.encode(), f"gongfen proofs {town}".encode(), hashlib.sha256)
    )


def public_key(town: int) -> str:
    """The town's public key, base64: with it anyone checks a proof without asking us."""
    return base64.b64encode(town_key(town).public_key().public_bytes_raw()).decode()


def verify_elsewhere(text: bytes, signature: str, key: str) -> bool:
    """What somebody else's software does with a proof: no secret is needed."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(base64.b64decode(signature), text)
    except InvalidSignature:
        return False
    return True
