"""The auditor's bundle: whole it says OK, and whatever somebody changes in it, the verifier names."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from gongfen.fund.closes import prepare_close, sign_close
from gongfen.ledger.audit import audit
from gongfen.people.models import Resident
from gongfen.statements.bundle import write_bundle
from gongfen.statements.verify_bundle import SUMS, differences
from tests.sharing import award, drafted, paying_begun
from tests.village import DAY, NOW, POINT, Daicun

pytestmark = pytest.mark.django_db
AFTER_MARCH = datetime.fromisoformat("2026-04-02T09:00:00+08:00")


def bundle(daicun: Daicun) -> dict[str, bytes]:
    """The files of the village's bundle."""
    out = io.BytesIO()
    write_bundle(daicun.town, out, now=AFTER_MARCH + 90 * DAY)
    with zipfile.ZipFile(out) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture
def files(daicun: Daicun) -> dict[str, bytes]:
    """A village with money in, a dividend paying, and March closed by two."""
    paying_begun(daicun, drafted(daicun, head_percent=100))
    close = prepare_close(daicun["周会计"], "2026-03", now=AFTER_MARCH + 90 * DAY)
    sign_close(daicun["韩监督"], close.id, now=AFTER_MARCH + 90 * DAY)
    assert audit(daicun.town, full=True).passed
    return bundle(daicun)


def found(folder: Path, files: dict[str, bytes], *, honest: bool = False) -> list[str]:
    """What the verifier says of these files; `honest` makes the list of hashes anew, as a careful forger would."""
    if honest:
        lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files) if name != SUMS]
        files = files | {SUMS: "".join(lines).encode()}
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return list(differences(folder))


def test_a_whole_bundle_is_ok_by_itself_offline(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "bundle.zip"
    with zipfile.ZipFile(place, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    told = subprocess.run([sys.executable, "-I", str(place)], capture_output=True, text=True, timeout=60, cwd="/")
    assert (told.returncode, told.stdout) == (0, "OK · 分文不差\n"), told.stdout + told.stderr
    unpacked = tmp_path / "unpacked"
    assert found(unpacked, files) == []
    told = subprocess.run([sys.executable, str(unpacked / "verify.py")], capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stdout + told.stderr
    assert found(unpacked, files) == [], "the verifier leaves nothing behind that it would find itself"


def test_the_verifier_is_short_enough_to_be_read(files: dict[str, bytes]) -> None:
    text = files["verify.py"].decode()
    assert len(text.splitlines()) <= 200
    assert "gongfen" not in [line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith("from ")]


def test_every_file_that_is_damaged_missing_or_added_is_named(files: dict[str, bytes], tmp_path: Path) -> None:
    for place, name in enumerate(sorted(files)):
        damaged = bytearray(files[name])
        damaged[len(damaged) // 2] ^= 1
        assert found(tmp_path / f"a{place}", files | {name: bytes(damaged)}), name
        assert any(name in one for one in found(tmp_path / f"b{place}", files | {name: files[name] + b"\n"})), name
        left = {other: content for other, content in files.items() if other != name}
        assert any(name in one for one in found(tmp_path / f"c{place}", left)), name
    assert any("extra.txt" in one for one in found(tmp_path / "d", files | {"extra.txt": b"x"}))


def change(
    files: dict[str, bytes], name: str, column: str, new: Callable[[str], str], which: int = -1, **where: str
) -> dict[str, bytes]:
    """One cell of a table is another, in the last (or a given) row that is like `where`."""
    rows = list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))
    row = [one for one in rows if all(one[key] == value for key, value in where.items())][which]
    row[column] = new(row[column])
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return files | {name: out.getvalue().encode()}


def test_a_forger_who_makes_the_hashes_anew_is_found_by_the_sums(files: dict[str, bytes], tmp_path: Path) -> None:
    def more(cell: str) -> str:
        return str(int(cell) + 100)

    rows = list(csv.DictReader(io.StringIO(files["approvals.csv"].decode())))
    first = next(row["first"] for row in rows if row["verb"] == "money.receive")
    forged = {
        "an amount": (change(files, "transfers.csv", "amount", more), "should have"),
        "a balance after": (change(files, "transfers.csv", "target_balance", more), "should have"),
        "an account": (change(files, "accounts.csv", "balance", more), "its transfers do not"),
        "a number": (change(files, "acts.csv", "number", more), "should be"),
        "one approver twice": (
            change(files, "approvals.csv", "second", lambda _: first, verb="money.receive"), "two different"),
        "no approver": (change(files, "approvals.csv", "number", lambda _: "999999", verb="run.pay"), "nobody"),
        "an excuse": (change(files, "approvals.csv", "why", lambda _: "founding", verb="run.pay") , ""),
        "a close": (change(files, "closes.csv", "digest", lambda digest: digest[::-1]), "are others"),
    }  # fmt: skip
    for place, (what, (bundle, said)) in enumerate(forged.items()):
        told = found(tmp_path / str(place), bundle, honest=True)
        assert bool(told) is (what != "an excuse"), what  # two people stand there all the same
        assert not said or any(said in one for one in told), (what, told)
    broken = files | {"transfers.csv": b"number,line\n1,x\n", "town.json": b"{"}
    assert any("cannot be read" in one for one in found(tmp_path / "broken", broken, honest=True))


def test_the_par_is_held_against_the_points(daicun: Daicun, tmp_path: Path) -> None:
    award(daicun, "王芳", 30 * POINT)
    files = bundle(daicun)
    town = json.loads(files["town.json"])
    forged = files | {"town.json": json.dumps(town | {"par": 99}).encode()}
    assert any("backing" in one for one in found(tmp_path / "par", forged, honest=True))


def test_no_resident_is_named_and_no_formula_runs(daicun: Daicun) -> None:
    Resident.of(daicun.town).filter(name="周会计").update(name="=HYPERLINK(1)")
    files = bundle(daicun)
    rows = list(csv.DictReader(io.StringIO(files["roles.csv"].decode())))
    assert "'=HYPERLINK(1)" in {row["name"] for row in rows}
    for name, content in files.items():
        assert "王芳" not in content.decode(), name


def test_a_close_is_signed_by_two_and_stands(daicun: Daicun) -> None:
    later = AFTER_MARCH + timedelta(days=30)
    close = prepare_close(daicun["周会计"], "2026-03", now=AFTER_MARCH)
    assert sign_close(daicun["韩监督"], close.id, now=AFTER_MARCH).is_new
    assert not sign_close(daicun["韩监督"], close.id, now=later).is_new
    daicun.receive(500 * 10_000, "after-the-close")
    report = audit(daicun.town, full=True, now=NOW)
    assert report.passed, report.differences
