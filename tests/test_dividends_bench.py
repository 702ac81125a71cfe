"""The bench of the dividend shares what it says it shares."""

import pytest

from gongfen.bench import dividend
from gongfen.dividends.models import Run, RunState, Share
from gongfen.ledger.queries import balance_of


@pytest.mark.django_db
def test_the_bench_pays_everyone_and_its_file_recomputes() -> None:
    found = dividend.measure(quick=True, residents=40)
    run = Run.objects.get()
    assert run.state == RunState.CLOSED
    assert Share.of(run.town).filter(run=run).count() == 40
    assert balance_of(run.town, run.pool_account) == 0
    assert int(found["dividend"]["40"]["transfers_per_s"]) > 0
