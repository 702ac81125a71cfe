"""`gongfen manage …`: Django's own commands."""

from argparse import REMAINDER, ArgumentParser, Namespace

from django.core.management import execute_from_command_line

SUMMARY = ("Django 自带的命令", "Django's own commands")


def add(parser: ArgumentParser) -> None:
    """Everything after `manage` goes to Django."""
    parser.add_argument("words", nargs=REMAINDER)


def run(options: Namespace) -> int:
    """Hand over to Django."""
    execute_from_command_line(["gongfen manage", *options.words])
    return 0
