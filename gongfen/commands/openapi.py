"""`gongfen openapi`: the description of the API, as clients and tools read it."""

import json
from argparse import ArgumentParser, Namespace

SUMMARY = ("接口说明（OpenAPI）", "The API's description (OpenAPI)")


def add(parser: ArgumentParser) -> None:
    """No options of its own."""


def run(options: Namespace) -> int:
    """To standard output."""
    from gongfen.api.doors import api  # the door is opened only when it is asked for: other commands start faster

    print(json.dumps(api.get_openapi_schema(), ensure_ascii=False, default=str))
    return 0
