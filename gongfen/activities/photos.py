"""Photos as evidence: made anew from their pixels, so that no place, camera or time stays in them."""

import warnings
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from io import BytesIO

from django.db.models import QuerySet
from PIL import Image, ImageOps, UnidentifiedImageError

from gongfen.activities.models import Claim, Evidence, Sheet
from gongfen.activities.repeats import id_of
from gongfen.activities.who import REVIEWER, check_role, person
from gongfen.people.models import Resident
from gongfen.rules.claim_states import WAITS_FOR_REVIEW, ClaimState
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import Person, conflict
from gongfen.town.ids import next_id

MOST_BYTES = 8 * 1024 * 1024  # as sent
MOST_PIXELS = 40_000_000  # as unpacked
LONGEST_SIDE = 1_600
MOST_UNUSED = 10  # photos of one resident that no claim uses yet
FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoTooLarge(Refusal):
    """The photo is larger than we take, packed or unpacked."""

    code = "photo_too_large"


class PhotoUnreadable(Refusal):
    """This is no photo in a format that we read."""

    code = "photo_unreadable"


class PhotosWaiting(Refusal):
    """Enough photos were uploaded that no claim uses yet."""

    code = "photos_waiting"


class UnknownPhoto(Refusal):
    """There is no such photo, or it is not for you to see."""

    code = "unknown_photo"


def read_photo(sent: bytes) -> tuple[bytes, int, int]:
    """The photo as a fresh JPEG with its width and height, upright and without anything but its pixels."""
    if len(sent) > MOST_BYTES:
        raise PhotoTooLarge(bytes=len(sent), most=MOST_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(sent), formats=FORMATS) as image:
                # The size stands in the header: a bomb is refused before a pixel of it is unpacked.
                if image.width * image.height > MOST_PIXELS:
                    raise PhotoTooLarge(pixels=image.width * image.height, most=MOST_PIXELS)
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(image).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PhotoTooLarge(most=MOST_PIXELS) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as wrong:
        raise PhotoUnreadable() from wrong
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", upright.size)  # a new image knows nothing of the old one's tags
    fresh.paste(upright)
    made = BytesIO()
    write = fresh.save  # Pillow's; nothing is saved here but a file in memory
    write(made, "JPEG", quality=80)
    return made.getvalue(), fresh.width, fresh.height


def upload(by: Resident, owner: Resident, sent: bytes, *, now: datetime, named: int | None = None) -> Evidence:
    """Keep a photo for a later claim of `owner`; `by` is the owner, or staff who writes a paper claim down.

    `named` is an id that the caller derived from its request: the same request again is the same photo.
    """
    before = Evidence.of(by.town).filter(id=named, uploaded_by=by.subject).defer("photo").first() if named else None
    if before is not None:
        return before
    if _unused(owner).count() >= MOST_UNUSED:
        raise PhotosWaiting(most=MOST_UNUSED)
    return _keep(by, owner, read_photo(sent), now, named or next_id())


def upload_for(
    by: Resident, owners: Sequence[Resident], sent: bytes, *, now: datetime, key: str
) -> dict[int, Evidence]:
    """One photo for the claims of several, read once: the foreman's sheet. By the owner's id; the same `key` and photo
    again are the same rows."""
    digest = blake2b(sent, digest_size=16).hexdigest()
    named = {owner.id: id_of(by, f"{key}/{owner.id}/{digest}") for owner in owners}
    before = Evidence.of(by.town).filter(id__in=list(named.values()), uploaded_by=by.subject).defer("photo")
    found = {row.resident_id: row for row in before}
    missing = [owner for owner in owners if owner.id not in found]
    if missing:
        read = read_photo(sent)
        found |= {owner.id: _keep(by, owner, read, now, named[owner.id]) for owner in missing}
    return found


def _keep(by: Resident, owner: Resident, read: tuple[bytes, int, int], now: datetime, named: int) -> Evidence:
    photo, width, height = read
    return Evidence.objects.create(
        id=named, town=by.town, resident=owner, uploaded_by=by.subject, uploaded_at=now,
        photo=photo, width=width, height=height,
    )  # fmt: skip


def forget_unused(by: Resident, evidence_id: int) -> bool:
    """The owner takes an unused photo back; was there one?"""
    return bool(_unused(by).filter(id=evidence_id).delete()[0])


def _unused(owner: Resident) -> QuerySet[Evidence]:
    """Photos that neither a claim nor a paper sheet rests on."""
    on_sheets = Sheet.of(owner.town_id).filter(photo__isnull=False).values("photo")
    return Evidence.of(owner.town_id).filter(resident=owner, claim=None).exclude(id__in=on_sheets)


def show(to: Resident, evidence_id: int) -> bytes:
    """The photo: for its owner, and while the claim waits, for a reviewer who may decide it. Nobody else."""
    found = Evidence.of(to.town).filter(id=evidence_id).select_related("claim", "resident").first()
    if found is None:
        raise UnknownPhoto()
    if found.resident_id == to.id:
        return bytes(found.photo)
    if found.claim is None or not _may_decide(to, found.claim, found.resident):
        raise UnknownPhoto()
    return bytes(found.photo)


def _may_decide(to: Resident, claim: Claim, owner: Resident) -> bool:
    if ClaimState(claim.state) not in WAITS_FOR_REVIEW:
        return False
    try:
        check_role(to, claim.host, REVIEWER)
    except Refusal:
        return False
    who = Person(owner.subject, owner.household_id)
    return conflict(person(to), who, recorded_by=claim.recorded_by, decided_by=()) is None
