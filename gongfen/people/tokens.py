"""Secrets that people and devices hold. Only hashes are kept."""

import hashlib
import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another
CODE_LENGTH = 12


def hash_of(secret: str) -> bytes:
    """What is kept of a secret with 128 bits or more (SHA-256: there is nothing to guess)."""
    return hashlib.sha256(secret.encode()).digest()


def new_token() -> str:
    """A device's token, made by the device: 256 bits."""
    return secrets.token_urlsafe(32)


def new_join_code() -> str:
    """Twelve letters and digits (60 bits) for a printed, one-time, short-lived code."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def read_join_code(typed: str) -> str:
    """A code as typed: spaces and hyphens dropped, small letters made large."""
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


def told_join_code(code: str) -> str:
    """A code as printed: ABCD-EFGH-JKLM."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
