"""Which tabs of the rooms for work a person sees."""

from gongfen.console.ground import Staff


def tabs_for(staff: Staff) -> dict[str, bool]:
    """By tab: may this person open it?"""
    return {
        "reviews": staff.has("reviewer"),
        "rules": staff.has("reviewer", "supervisor"),
        "reviewers": staff.has("organiser", "supervisor", "reviewer", "auditor"),
        "rechecks": staff.has("supervisor", "reviewer", "auditor"),
        "people": staff.has("organiser", "supervisor", "reviewer"),
        "paper": staff.has("organiser", "clerk", "reviewer"),
        "tallies": staff.has("organiser"),
    }
