"""What the database keeps encrypted: phones' secrets and bank accounts. The key comes from the server's secret."""

import hashlib
import secrets
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

START_BYTES = 12


@lru_cache(maxsize=4)
def _cipher(server_secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"gongfen shops " + server_secret.encode()).digest())


def seal(plain: bytes, *, about: int) -> bytes:
    """Encrypt for one row: sealed bytes moved to a row about something else do not open."""
    start = secrets.token_bytes(START_BYTES)
    return start + _cipher(settings.SECRET_KEY).encrypt(start, plain, str(about).encode())


def unseal(sealed: bytes, *, about: int) -> bytes:
    """The plain bytes again."""
    sealed = bytes(sealed)
    return _cipher(settings.SECRET_KEY).decrypt(sealed[:START_BYTES], sealed[START_BYTES:], str(about).encode())
