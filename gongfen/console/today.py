"""The start page of the desk: what waits for me and since when, each line one press from the act.

Each room has its own lines beside this file (`…_waits.py`): for which roles, what counts them, where they lead, and the
words after the number. A counter answers with a number, or with a number and facts; `oldest` is since when one waits,
`href` leads to the very thing where a single one waits.
"""

import re

from django.http import HttpRequest, HttpResponse

from gongfen import words
from gongfen.console.ground import Staff, desk, page
from gongfen.console.money_waits import MONEY_WAITS
from gongfen.console.people_waits import PEOPLE_WAITS
from gongfen.console.village_waits import VILLAGE_WAITS
from gongfen.console.work_waits import WORK_WAITS, Counter

Wait = tuple[str | tuple[str, ...], Counter, str, str, str]  # for which roles, how many, where, in words
CHOICE = re.compile(r"\((\w*)\|(\w*)\)")
MANY = 100  # more is told as 100+


WAITS: tuple[Wait, ...] = (
    *WORK_WAITS,
    *PEOPLE_WAITS,
    *MONEY_WAITS,
    *VILLAGE_WAITS,
)


@desk()
def today(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What waits for this person, by role; what waits for nobody is left out."""
    found = [line for wait in WAITS if (line := _line(staff, wait)) is not None]
    return page(request, staff, "today.html", waits=found)


def _line(staff: Staff, wait: Wait) -> dict[str, object] | None:
    """One line, for who has one of its roles; nothing where nothing waits."""
    names, counter, href, zh, en = wait
    if not staff.has(*((names,) if isinstance(names, str) else names)):
        return None
    counted = counter(staff)
    count, facts = counted if isinstance(counted, tuple) else (counted, {})
    told = words.fill(in_number(en, count) if staff.lang == "en" else zh, staff.lang, now=staff.now, **facts)
    if not count:
        return None
    shown = f"{MANY}+" if count > MANY else count
    return {"count": shown, "href": facts.get("href", href), "words": told, "oldest": facts.get("oldest")}


def in_number(told: str, count: int) -> str:
    """English words for one or for several: `claim(|s) wait(s|)`."""
    return CHOICE.sub(lambda found: found[1] if count == 1 else found[2], told)
