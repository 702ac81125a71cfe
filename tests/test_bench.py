"""The bench measures what it says it measures."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongfen.bench import audit as bench_audit
from gongfen.bench import ledger, scratch, town, unchecked
from gongfen.bench.load import run
from gongfen.bench.table import table
from gongfen.journal.models import Act, TownHead
from gongfen.ledger.models import Account, Transfer
from gongfen.rules.posting import InsufficientBalance, Move

SAME_OF_TRANSFERS = ("amount", "source_balance", "target_balance")


@pytest.mark.django_db
def test_the_unchecked_rows_are_the_rows_that_the_book_writes():
    ours, ruler = town.found(6, code=1), town.found(6, code=2)
    last = TownHead.objects.get(town=ours.town).last
    balances = {row.id: row.balance for row in Account.of(ruler.town)}
    wishes = [ours.one_hot_account() for _ in range(5)]
    place = dict(zip([ours.fund, *ours.cash], [ruler.fund, *ruler.cash], strict=True))
    same = [
        (key, place[moves[0].source].owner, tuple(Move(place[a], place[b], amount) for a, b, amount in moves))
        for key, _, moves in wishes
    ]
    town.post(ours.town, wishes)
    unchecked.append_with_balances(unchecked.rows(ruler.town, last + 1, same, balances))

    acts = [list(Act.of(one.town).order_by("id").values_list("key", "verb", "facts")) for one in (ours, ruler)]
    assert acts[0][1:] == acts[1][1:]  # all but the founding, which names the town
    transfers = [list(Transfer.of(one.town).order_by("id").values_list(*SAME_OF_TRANSFERS)) for one in (ours, ruler)]
    assert transfers[0] == transfers[1]
    left = [
        [Account.of(one.town).get(id=who.account).balance for who in (one.fund, *one.cash)] for one in (ours, ruler)
    ]
    assert left[0] == left[1]


@pytest.mark.django_db
def test_a_refused_act_would_spoil_the_figures_so_it_stops_the_bench():
    bench = town.found(4)
    rich, poor = bench.cash[:2]
    with pytest.raises(InsufficientBalance):
        town.post(bench.town, [bench.wish(Move(rich, poor, town.CASH * 3), Move(poor, rich, 1))])


@pytest.mark.django_db
def test_the_ledger_bench_answers_with_work_size_and_both_speeds(monkeypatch):
    monkeypatch.setattr(ledger, "SIZES", (1, 10))
    monkeypatch.setattr(ledger, "audit_of", lambda bench: bench_audit.measure(code=bench.town.code))
    monkeypatch.setattr(bench_audit, "A_DAY", 5)
    found = ledger.measure(quick=True, transfers=100)
    for work in ("random_accounts", "one_hot_account"):
        assert found[work].keys() == {"1", "10"}
        assert all(leaf["transfers_per_s"] > 0 and leaf["unchecked_per_s"] > 0 for leaf in found[work].values())
    (filled,) = found["fill"].values()
    assert 50 < filled["bytes_per_transfer"] < 5_000
    rows = table({"sqlite": found}).splitlines()
    assert len(rows) == 2 + 2 * 2 + 3
    assert all(row.count("|") == 8 for row in rows)


def test_a_file_of_its_own_is_measured_and_goes_away(tmp_path):
    with scratch.scratch(None, tmp_path / "var") as environment:
        (own,) = (tmp_path / "var").iterdir()
        assert environment["GONGFEN_DIR"] == str(own)
        assert "GONGFEN_DATABASE" not in environment
    assert list((tmp_path / "var").iterdir()) == []


class Shop(BaseHTTPRequestHandler):
    """Answers 201 to payments and 404 to everything else."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer(404, b"no")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(201, b"x" * 70_000)

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Silence."""


@pytest.fixture
def shop():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_load_program_sends_every_request_once_and_reads_whole_answers(shop):
    pay = "POST /payments HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
    ask = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
    seen = run("127.0.0.1", shop, connections=3, seconds=600, requests=[pay, ask, pay, ask, pay, ask, pay])
    assert seen["requests"] == 7
    assert seen["statuses"] == {"201": 4, "404": 3}
    assert 0 < seen["p50_ms"] <= seen["p99_ms"]


def test_the_load_program_is_a_process_of_its_own(shop):
    asked = {
        "host": "127.0.0.1",
        "port": shop,
        "connections": 1,
        "seconds": 600,
        "requests": ["GET / HTTP/1.1\r\n\r\n"],
    }
    command = [sys.executable, "-m", "gongfen.bench.load"]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True)
    assert json.loads(done.stdout)["statuses"] == {"404": 1}
