"""What waits in the rooms about the village itself, for the start page."""

from gongfen.console.first_steps import steps_of
from gongfen.console.ground import Staff
from gongfen.console.work_waits import Counted


def _first_steps(staff: Staff) -> Counted:
    """What a young village still needs before its first points."""
    return sum(not step.done for step in steps_of(staff))


VILLAGE_WAITS = (
    (
        ("clerk", "supervisor", "treasurer", "organiser"),
        _first_steps,
        "/desk/first-steps",
        "件头几步还没做完",
        "first step(|s) not done yet",
    ),
)
