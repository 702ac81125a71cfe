"""`gongfen migrate`: bring the database to this version."""

from argparse import ArgumentParser, Namespace

from django.core.management import call_command

SUMMARY = ("把数据库升级到本版本", "Bring the database to this version")


def add(parser: ArgumentParser) -> None:
    """No options of its own."""


def run(options: Namespace) -> int:
    """Migrate; the guards of append-only tables are put back."""
    call_command("migrate", verbosity=1)
    return 0
