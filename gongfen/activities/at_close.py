"""What is forgotten when an activity closes: who had a place, who asked for one, who came when."""

from gongfen.activities.models import Activity, CodeKey, Place, Presence, SheetLine, SignUp
from gongfen.town.models import Town


def forget(town: Town, activity: Activity) -> None:
    """Called inside the act that closes the activity; deletes its sign-ups and presences.

    Who signed up and did not come is then stored nowhere, and the lines of paper sheets are gone with the rest.
    """
    for model in (Place, SignUp, CodeKey, Presence):
        model.of(town).filter(activity=activity).delete()
    SheetLine.of(town).filter(sheet__activity=activity).delete()
