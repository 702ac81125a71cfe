"""What the demo asks of the database as a whole."""

from django.db import connection


def count_rows() -> None:
    """Let the engine count its rows, so that it chooses its indexes by what is there, not by what it guesses."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
