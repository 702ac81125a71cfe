"""Taking one's record away, and leaving."""

from gongfen.office.leaving import ask_to_leave
from tests.doors import OWNER, RESIDENT, Call, Door
from tests.village import NOW, Daicun


def somebody_leaves(daicun: Daicun) -> Call:
    person = daicun["赵二"]
    ask_to_leave(person, by=person.subject, now=NOW)
    return Call(owner="赵二")


DOORS = (
    Door("GET", "/me/export", RESIDENT),
    Door("GET", "/me/leaving", RESIDENT),
    Door("POST", "/me/leaving", RESIDENT, lambda _: Call(owner="赵二")),
    Door("DELETE", "/me/leaving", OWNER, somebody_leaves),
)
