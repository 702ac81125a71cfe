"""The staff of a village, from its file. A file gives roles to the first staff; it never ends one."""

from gongfen.files.loading import Loading, People
from gongfen.files.problems import Named
from gongfen.files.village import FILE, VillageFile
from gongfen.people.acts import give_roles
from gongfen.people.models import Role, RoleName


def give_roles_of(loading: Loading, said: VillageFile, people: People) -> None:
    """Give the first staff their roles. Where there is staff, two people give roles, and not a file."""
    village = loading.village
    held = {(row.resident_id, str(row.role)) for row in Role.of(village.town).filter(village=village, ended_at=None)}
    wanted = [
        (people[who], RoleName(role), village)
        for role, named in said.staff.items()
        for who in named
        if (people[who].id, role) not in held
    ]
    if held and wanted:
        for resident, role, _ in wanted:
            facts = {"name": resident.name, "role": Named(f"role.{role}")}
            loading.refuse(FILE, said.lines.get(f"staff.{role}", 0), f"staff.{role}", "role_by_two_people", **facts)
        return
    if wanted:
        town = village.town
        give_roles(town, wanted, by=town.subject, approved_by=town.subject, now=loading.now)
        loading.count("roles", len(wanted))
