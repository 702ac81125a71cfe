"""Who acts here: roles at a host, and the two people that every point needs."""

from collections.abc import Collection

from gongfen.people.acts import NotYourRole
from gongfen.people.models import Household, Resident, Village
from gongfen.people.queries import has_role, households_of
from gongfen.rules.notice import NOTICE_DAYS
from gongfen.rules.refusals import Refusal
from gongfen.rules.review import Person, check_second
from gongfen.town.models import Town

ORGANISER, REVIEWER, SUPERVISOR = "organiser", "reviewer", "supervisor"


class UnknownHost(Refusal):
    """There is no such host: a host is the town or one of its villages."""

    code = "unknown_host"


def village_of(town: Town, host: int) -> Village | None:
    """The village whose subject `host` is; None where the town hosts."""
    if host == town.subject:
        return None
    village = Village.of(town).filter(subject=host).first()
    if village is None:
        raise UnknownHost(host=str(host))
    return village


def check_role(by: Resident, host: int, *roles: str) -> None:
    """Refuse whoever has none of these roles at the host."""
    village = village_of(by.town, host)
    place = village.id if village else None
    if not any(has_role(by, role, place) for role in roles):
        raise NotYourRole(role=roles[0])


def person(resident: Resident) -> Person:
    """The resident as the conflict rules see one."""
    return Person(resident.subject, resident.household_id)


def check_other(by: Resident, *before: int | None) -> None:
    """Refuse whoever took an earlier step (a subject), or lives with somebody who did."""
    subjects = [subject for subject in before if subject is not None]
    households = households_of(by.town, subjects)
    for subject in subjects:
        check_second(Person(subject, households.get(subject, 0)), person(by))


def notice_days(town: Town, hosts: Collection[int]) -> dict[int, int]:
    """For how many days each of these hosts shows points before they are awarded."""
    found = dict(Village.of(town).filter(subject__in=list(hosts)).values_list("subject", "notice_days"))
    return {host: found.get(host, NOTICE_DAYS) for host in hosts}


def household_numbers(town: Town, households: Collection[int]) -> dict[int, str]:
    """The numbers on the doors, by household id."""
    return dict(Household.of(town).filter(id__in=list(households)).values_list("id", "number"))
