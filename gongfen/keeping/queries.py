"""PostgreSQL: what is there steps aside for what is restored, and comes back when that did not go well."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

ASIDE = "gongfen_before_restore"


@contextmanager
def stepped_aside() -> Iterator[None]:
    """Inside, the schema is empty; after it the old one is gone, or, where something went wrong, there again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        name = cursor.fetchone()[0]
        cursor.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
        cursor.execute(f'ALTER SCHEMA "{name}" RENAME TO {ASIDE}')
        cursor.execute(f'CREATE SCHEMA "{name}"')
    connections.close_all()
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA "{name}" CASCADE')
            cursor.execute(f'ALTER SCHEMA {ASIDE} RENAME TO "{name}"')
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")
    connections.close_all()
