"""The answer box. It knows a survey's form and answers, and nothing about people: no key, no moment, no order.

Until the close the answers lie in sealed envelopes of one size, and every drop mixes some older ones in again, so
that neither an id nor the order on the disk tells which came when. At the close all envelopes are opened together:
one row a question, shuffled, under random ids, and nothing says which answers came from the same person.
"""

import json
from collections.abc import Sequence
from random import SystemRandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from gongfen.activities.models.box import BoxSlip, Envelope
from gongfen.rules.surveys import Answer, Answers, Asks, Form
from gongfen.town.ids import random_id
from gongfen.town.models import Town

MIXED_IN = 16  # older envelopes that are written anew with every drop
NONCE = 12
_chance = SystemRandom()


def drop(town: Town, survey: int, form: Form, answers: Answers) -> None:
    """Put one set of answers into the box."""
    with transaction.atomic():
        rows = Envelope.of(town).filter(survey_id=survey)
        mixed = list(rows.filter(id__gt=random_id()).order_by("id")[:MIXED_IN])
        rows.filter(id__in=[row.id for row in mixed]).delete()
        contents = [bytes(row.sealed) for row in mixed]
        contents.append(_seal(town, survey, _padded(form, answers)))
        _chance.shuffle(contents)
        Envelope.objects.bulk_create([Envelope(town=town, survey_id=survey, sealed=sealed) for sealed in contents])


def open_all(town: Town, survey: int, form: Form) -> int:
    """The close: open every envelope, shuffle all answers, and keep them one row a question. How many there were."""
    with transaction.atomic():
        envelopes = Envelope.of(town).filter(survey_id=survey)
        sets = [_read(_unseal(town, survey, bytes(row.sealed))) for row in envelopes]
        slips = [
            BoxSlip(town=town, survey_id=survey, question=question.code, answer=answers[question.code])
            for answers in sets
            for question in form.questions
        ]
        _chance.shuffle(slips)
        BoxSlip.objects.bulk_create(slips, batch_size=1000)
        envelopes.delete()
    return len(sets)


def answers_in(town: Town, survey: int) -> dict[str, list[Answer]]:
    """Each question's answers after the close, in the order of their random ids."""
    found: dict[str, list[Answer]] = {}
    rows = BoxSlip.of(town).filter(survey_id=survey).order_by("id")
    for question, answer in rows.values_list("question", "answer"):
        found.setdefault(question, []).append(tuple(answer) if isinstance(answer, list) else answer)
    return found


def seal_pile(town: Town, survey: int, slips: Sequence[object]) -> bytes:
    """Slips that one person typed, shut away until a second one typed them, too."""
    return _seal(town, survey, json.dumps(slips, ensure_ascii=False).encode())


def open_pile(town: Town, survey: int, sealed: bytes) -> list[dict[str, object]]:
    """The slips of a pile, in the order of the paper."""
    found: list[dict[str, object]] = json.loads(_unseal(town, survey, sealed))
    return found


def room_for(form: Form) -> int:
    """How many bytes the longest answers to a form can take: every envelope of a survey is that long."""
    size = 2
    for question in form.questions:
        size += len(question.code) + 8
        if question.asks is Asks.TEXT:
            size += 6 * (question.most or 500)
        else:
            size += max(16, sum(len(option.code) + 3 for option in question.options))
    return size


def _padded(form: Form, answers: Answers) -> bytes:
    text = json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode()
    return text.ljust(room_for(form))


def _read(text: bytes) -> dict[str, Answer]:
    found: dict[str, Answer] = json.loads(text)
    return found


def _keys(town: Town, survey: int) -> Sequence[bytes]:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    about = f"gongfen/box/{town.pk}/{survey}".encode()
    return [HKDF(SHA256(), 32, salt=None, info=about).derive(str(secret).encode()) for secret in secrets]


def _seal(town: Town, survey: int, text: bytes) -> bytes:
    nonce = _chance.randbytes(NONCE)
    return nonce + AESGCM(_keys(town, survey)[0]).encrypt(nonce, text, None)


def _unseal(town: Town, survey: int, sealed: bytes) -> bytes:
    for key in _keys(town, survey):
        try:
            return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except InvalidTag:
            continue
    raise InvalidTag("the server's secret is not the one that sealed this box")
