"""An upgrade of a village as an earlier version left it: everything is there after, and it audits clean."""

import json
import os
from pathlib import Path

from tests.machines import bring, gongfen, machine
from tests.old_village import KEPT


def test_a_village_of_an_earlier_version_is_brought_to_this_one(tmp_path: Path) -> None:
    with machine(tmp_path) as place:
        before = bring(place)
        migrated = gongfen(place, "migrate")
        assert migrated.returncode == 0, migrated.stderr
        told = gongfen(place, "audit", "--json", "--full")
        assert told.returncode == 0, told.stdout + told.stderr
        found = json.loads(told.stdout)
        assert (found["acts"], found["transfers"], found["differences"]) == (*before, [])
        assert found["acts"] > 50 and len(found["towns"]) == 3
        again = gongfen(place, "migrate")
        assert again.returncode == 0 and "No migrations to apply" in again.stdout


def test_what_is_kept_of_it_is_small() -> None:
    assert all(os.path.getsize(file) < 300_000 for file in KEPT.values())
