"""Whom to turn to outside the village: it stands on every page and every paper."""

from django.conf import settings

HELP = "12345 政务服务便民热线"


def complain_to() -> str:
    """An address that does not belong to the village."""
    return str(getattr(settings, "COMPLAIN_TO", HELP))
