"""Kinds of activity: every file of this package that holds a `KIND` is one. There is no list to add to."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gongfen.activities.kinds.kind import Kind
from gongfen.rules.refusals import Refusal


class KindUnknown(Refusal):
    """There is no such kind of activity."""

    code = "kind_unknown"


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its key."""
    found: dict[str, Kind] = {}
    for module in iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        kind = getattr(import_module(f"{__name__}.{module.name}"), "KIND", None)
        if isinstance(kind, Kind):
            found[kind.key] = kind
    return found


def kind_of(key: str) -> Kind:
    """The kind with this key."""
    kind = all_kinds().get(key)
    if kind is None:
        raise KindUnknown(kind=key[:20])
    return kind
