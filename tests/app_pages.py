"""The one list of the app's pages: who opens each, with what, and what must stand on it. Every walk goes by it."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """A page of pages.json. `needs` are names of the facts that tests/app_village.py tells, put into its address."""

    path: str
    who: str = "li"  # whose phone; "" for a guest
    needs: dict[str, str] = field(default_factory=dict)
    till: bool = False
    main: bool = False  # the everyday pages: these are walked in every size, language and mode

    def address(self, facts: dict[str, Any]) -> str:
        query = "&".join(f"{name}={facts[fact]}" for name, fact in self.needs.items())
        return f"{self.path}?{query}" if query else self.path


RESIDENT, SHOP, LEADER = "pages/resident", "pages/shop", "pages/organiser"
ACTIVITY = {"id": "activity", "village": "village"}
OF_AN_ACTIVITY = ("activity", "code", "people", "places", "sheets")
# What pages need that need more than a resident who opens them. A page without a line here is opened as it is.
SPECIAL = (
    Place(f"{RESIDENT}/home", main=True),
    Place(f"{RESIDENT}/join", who="", main=True),
    Place(f"{RESIDENT}/activities", main=True),
    Place(f"{RESIDENT}/activity", needs=ACTIVITY),
    Place(f"{RESIDENT}/claim", needs=ACTIVITY),
    Place(f"{RESIDENT}/statement", main=True),
    Place(f"{RESIDENT}/mine", main=True),
    Place(f"{RESIDENT}/participation", needs={"id": "claim"}, who="wang"),
    Place(f"{RESIDENT}/pay", main=True),
    Place(f"{RESIDENT}/sign", needs={"shop": "shop"}),
    Place(f"{RESIDENT}/fund", needs={"village": "village"}),
    Place(f"{RESIDENT}/here", needs=ACTIVITY),
    Place(f"{RESIDENT}/survey", needs={"id": "survey", "village": "village"}),
    Place(f"{RESIDENT}/receipt", needs={"number": "receipt"}),
    Place(f"{SHOP}/till", who="chen", till=True, main=True),
    *(Place(f"{LEADER}/{page}", who="organiser", needs={"id": "activity"}) for page in OF_AN_ACTIVITY),
)
WHO = {"pages/shop": "chen", "pages/guest": "", "pages/organiser": "organiser"}
CONFIG = Path(__file__).resolve().parent.parent / "client" / "src" / "pages.json"


def paths() -> list[str]:
    """Every page that pages.json names."""
    told = json.loads(CONFIG.read_text(encoding="utf-8"))
    inside = [f"{part['root']}/{page['path']}" for part in told.get("subPackages", []) for page in part["pages"]]
    return [page["path"] for page in told["pages"]] + inside


def places() -> list[Place]:
    """Every page of the app, with what it needs."""
    special = {place.path: place for place in SPECIAL}
    return [special.get(path) or usual(path) for path in paths()]


def usual(path: str) -> Place:
    root = path.rsplit("/", 1)[0]
    return Place(path, who=WHO.get(root, "li"), till=root == SHOP)


def kept_for(place: Place, facts: dict[str, Any]) -> dict[str, Any]:
    """What is on that phone already: whose it is, and a shop's till."""
    kept = {"token": facts["tokens"][place.who]} if place.who else {}
    return kept | ({"till-token": facts["till"]} if place.till else {})
