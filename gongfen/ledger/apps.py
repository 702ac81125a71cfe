"""The ledger as Django sees it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Puts the guards back after every migration: Django's own hook for it, and the only one that we use."""

    name = "gongfen.ledger"

    def ready(self) -> None:
        post_migrate.connect(reinstall_guards, sender=self)


def reinstall_guards(**_: Any) -> None:
    """After `migrate`: append-only tables are guarded again."""
    from django.db import connection

    from gongfen.ledger import guards

    if set(guards.GUARDED) <= set(connection.introspection.table_names()):
        guards.install()
