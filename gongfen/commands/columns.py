"""`gongfen columns`: every column that is stored and what for, as docs/columns.md."""

from argparse import ArgumentParser, Namespace

from django.apps import apps

from gongfen.people.columns import page
from gongfen.town.models import TownModel

SUMMARY = ("存了哪些数据，各为什么", "What is stored, and what for")


def add(parser: ArgumentParser) -> None:
    """No options of its own."""


def tables() -> dict[str, list[str]]:
    """The columns of every table of a town."""
    return {
        model._meta.db_table: [str(field.column) for field in model._meta.concrete_fields]
        for model in apps.get_models()
        if issubclass(model, TownModel)
    }


def run(options: Namespace) -> int:
    """To standard output."""
    print(page(tables()), end="")
    return 0
