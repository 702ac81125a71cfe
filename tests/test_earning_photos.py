"""Photos: made anew, without a trace of place or camera, and seen only by who decides."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from gongfen.activities import photos
from gongfen.activities.claims import EvidenceNotYours
from gongfen.activities.models import Evidence
from gongfen.activities.photos import (
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_UNUSED,
    PhotosWaiting,
    PhotoTooLarge,
    PhotoUnreadable,
    UnknownPhoto,
    read_photo,
)
from tests.earning_life import Life

PLACE = "30.2741N 120.1551E 代村"


def photo(kind="JPEG", size=(120, 80), **more):
    made = BytesIO()
    Image.new("RGB", size, "green").save(made, kind, **more)
    return made.getvalue()


def png_bomb(width, height):
    """A PNG of a few hundred bytes that says it is this large."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_fresh_jpeg(kind):
    made, width, height = read_photo(photo(kind))
    assert (width, height) == (120, 80)
    assert Image.open(BytesIO(made)).format == "JPEG"


def test_nothing_but_pixels_stays():
    exif = Image.Exif()
    exif[0x010E] = PLACE  # description
    exif[0x0132] = "2026:10:09 09:00:00"
    exif[0x8825] = {1: "N", 2: (30.0, 16.0, 27.0)}  # GPS
    sent = photo(exif=exif, comment=PLACE.encode())
    assert b"120.1551" in sent
    made, *_ = read_photo(sent)
    again = Image.open(BytesIO(made))
    assert not again.getexif()
    assert b"120.1551" not in made
    assert "comment" not in again.info


def test_a_photo_that_lay_on_its_side_stands_up():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    _, width, height = read_photo(photo(exif=exif))
    assert (width, height) == (80, 120)


def test_a_large_photo_becomes_smaller():
    _, width, height = read_photo(photo(size=(4_000, 2_000)))
    assert (width, height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize("sent", [png_bomb(60_000, 60_000), png_bomb(20_000, 10_000), b"\xff" * (MOST_BYTES + 1)])
def test_bombs_and_giants_are_refused(sent):
    with pytest.raises(PhotoTooLarge):
        read_photo(sent)


@pytest.mark.parametrize(
    "sent",
    [b"", b"GIF89a", b"<svg onload=alert(1)>", photo()[:200], b"%PDF-1.7", png_bomb(100, 100), photo("GIF")],
)
def test_what_is_no_photo_is_refused(sent):
    with pytest.raises(PhotoUnreadable):
        read_photo(sent)


@pytest.mark.django_db
class TestInTheVillage:
    @pytest.fixture
    def life(self):
        return Life()

    @pytest.fixture
    def lis_photo(self, life):
        return photos.upload(life.li, life.li, photo(), now=life.now)

    def test_a_photo_belongs_to_one_claim(self, life, lis_photo):
        weeding, sweeping = life.publish(), life.publish(title="扫街")
        claim = life.claim(weeding, "li", minutes=60, photo=str(lis_photo.id))
        assert Evidence.of(life.town).get().claim_id == claim.id
        with pytest.raises(EvidenceNotYours):
            life.claim(sweeping, "li", minutes=60, photo=str(lis_photo.id))

    def test_evidence_of_somebody_else_is_refused(self, life, lis_photo):
        with pytest.raises(EvidenceNotYours):
            life.claim(life.publish(), "wang", minutes=60, photo=str(lis_photo.id))
        with pytest.raises(EvidenceNotYours):
            life.claim(life.publish(title="扫街"), "wang", minutes=60, photo="5")

    def test_only_who_decides_sees_it_and_only_while_it_waits(self, life, lis_photo):
        with pytest.raises(UnknownPhoto):
            photos.show(life.reviewer, lis_photo.id)  # no claim uses it yet
        claim = life.claim(life.publish(), "li", minutes=60, photo=str(lis_photo.id))
        assert photos.show(life.reviewer, lis_photo.id) == photos.show(life.li, lis_photo.id)
        for nosy in (life.wang, life.lis_wife, life.organiser, life.supervisor, life.treasurer):
            with pytest.raises(UnknownPhoto):
                photos.show(nosy, lis_photo.id)
        life.approve(claim)
        with pytest.raises(UnknownPhoto):
            photos.show(life.reviewer, lis_photo.id)
        assert photos.show(life.li, lis_photo.id)

    def test_a_reviewer_does_not_look_at_the_family(self, life):
        sent = photos.upload(life.reviewers_wife, life.reviewers_wife, photo(), now=life.now)
        life.claim(life.publish(), "reviewers_wife", minutes=60, photo=str(sent.id))
        with pytest.raises(UnknownPhoto):
            photos.show(life.reviewer, sent.id)
        assert photos.show(life.second, sent.id)

    def test_nobody_fills_the_disk_with_photos(self, life):
        for _ in range(MOST_UNUSED):
            last = photos.upload(life.li, life.li, photo(), now=life.now)
        with pytest.raises(PhotosWaiting):
            photos.upload(life.li, life.li, photo(), now=life.now)
        assert photos.forget_unused(life.li, last.id)
        assert not photos.forget_unused(life.wang, last.id)
        assert photos.upload(life.li, life.li, photo(), now=life.now)
