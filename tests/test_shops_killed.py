"""What a crash or a crowd may do: nothing is paid twice, nothing is lost. With real commits, in an own database."""

import json
import subprocess
import sys

import pytest

from tests.elsewhere import LONG, ROOT, elsewhere

YUAN = 10_000


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the child found; it kills its own children and waits for their words, never for time."""
    with elsewhere(tmp_path_factory.mktemp("shops")) as place:
        run = subprocess.run(
            [sys.executable, "-m", "tests.shops_child"],
            cwd=ROOT, env=place.environment, capture_output=True, text=True, timeout=LONG,
        )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout.splitlines()[-1])


def test_a_settlement_that_is_killed_at_every_step_pays_once(told):
    found = told["settlements"]
    right = {"untouched": True, "taken": True, "once": True}
    assert {step: found[step] for step in ("prepare", "approve", "send", "answer")} == dict.fromkeys(
        ("prepare", "approve", "send", "answer"), right
    )
    assert found["verbs"] == {"payout.approve": 2, "payout.bounced": 1, "payout.paid": 1, "payout.send": 2}
    till, other, transit, outside, days, payouts = found["books"]
    assert (till, other, transit) == (0, 20 * YUAN, 0)
    assert outside == 10 * YUAN - 80 * YUAN  # 80 yuan came in behind the points, 10 went out
    assert (days, payouts) == (["open", "paid"], ["bounced", "paid"])


def test_64_at_once_spend_the_last_yuan_once(told):
    found = told["last_yuan"]
    assert found["answers"].pop("paid") == 1
    assert found["answers"] == {"too_little": 63}
    assert found["books"] == [0, 0, YUAN, 0]


def test_the_books_of_both_agree_with_every_line(told):
    assert set(told["differences"]) == {0}
