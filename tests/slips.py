"""Stands for reading printed slips: `python -m tests.slips 李四 …` prints a join code for each name, as JSON."""

import json
import os
import sys

import django


def read(names: list[str]) -> dict[str, str]:
    """Fresh codes of these residents, as their clerk prints them."""
    from gongfen.people.joining import make_codes
    from gongfen.people.models import Resident, Role
    from gongfen.town import clock
    from gongfen.town.models import Town

    town = Town.objects.get()
    clerk = Role.of(town).select_related("resident__household").get(role="clerk").resident
    people = list(Resident.of(town).filter(name__in=names).select_related("household", "village"))
    for one in (clerk, *people):
        one.town = town
    made = make_codes(clerk, people, now=clock.now())
    return {one.name: printed.code for one, printed in zip(people, made, strict=True)}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    django.setup()
    print(json.dumps(read(sys.argv[1:])))
