"""A backup is one file; from it everything comes back and audits clean, and nothing is lost on the way."""

import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongfen import cli
from gongfen.keeping.engines import CannotKeep
from gongfen.keeping.packing import read_about, unpack
from tests.elsewhere import Elsewhere, on_postgresql
from tests.machines import bring, gongfen, machine

ENGINE = "postgresql" if on_postgresql() else "sqlite"
NAME = "database.dump" if on_postgresql() else "database.sqlite3"


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A machine with a small village on it."""
    with machine(tmp_path_factory.mktemp("village")) as place:
        bring(place)
        assert gongfen(place, "migrate").returncode == 0
        yield place


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Elsewhere]:
    """Another machine."""
    with machine(tmp_path) as place:
        yield place


@pytest.fixture(scope="module")
def kept(village: Elsewhere, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kept") / "monday.backup"
    told = gongfen(village, "backup", file)
    assert told.returncode == 0, told.stderr
    return file


def audited(place: Elsewhere) -> dict[str, object]:
    told = gongfen(place, "audit", "--json", "--full")
    assert told.returncode == 0, told.stdout + told.stderr
    found: dict[str, object] = json.loads(told.stdout)
    return found


def test_what_was_backed_up_comes_back_and_audits_clean(village: Elsewhere, empty: Elsewhere, kept: Path) -> None:
    with zipfile.ZipFile(kept) as file:
        assert sorted(file.namelist()) == ["about.json", NAME, "secret"]
        assert json.loads(file.read("about.json"))["engine"] == ENGINE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    told = gongfen(empty, "restore", kept)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "right to the hundredth" in told.stdout
    before, after = audited(village), audited(empty)
    assert {name: after[name] for name in ("acts", "transfers", "accounts", "differences")} == {
        name: before[name] for name in ("acts", "transfers", "accounts", "differences")
    }
    secrets = [(Path(place.environment["GONGFEN_DIR"]) / "secret").read_bytes() for place in (village, empty)]
    assert secrets[0] == secrets[1], "without it the bank accounts of the shops could not be read"
    again = gongfen(empty, "restore", kept)
    assert again.returncode == 1 and "--replace" in again.stderr
    replaced = gongfen(empty, "restore", kept, "--replace")
    assert replaced.returncode == 0, replaced.stdout + replaced.stderr
    place = Path(empty.environment["GONGFEN_DIR"]) / "bundle.zip"
    bundle = gongfen(empty, "export", "bundle", place, "--town", 9)
    assert bundle.returncode == 0 and "OK" in bundle.stdout, bundle.stdout + bundle.stderr


def damaged(kept: Path, to: Path, name: str, change: bytes | None) -> Path:
    """The same backup with one file in it changed, or gone."""
    with zipfile.ZipFile(kept) as file, zipfile.ZipFile(to, "w") as other:
        for one in file.namelist():
            if one != name:
                other.writestr(one, file.read(one))
            elif change is not None:
                other.writestr(one, change)
    return to


def test_a_file_that_cannot_be_restored_says_why_before_anything_is_touched(
    db: None, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(kept) as file:
        about = json.loads(file.read("about.json"))
    other = "sqlite" if on_postgresql() else "postgresql"
    told_wrong = {"engine": other}, {"migrations": ["town.9999_later"]}, {"format": "another"}
    texts = [json.dumps(about | wrong).encode() for wrong in told_wrong]
    (tmp_path / "text").write_text("hello")
    wrong = {
        "no such file": tmp_path / "nothing",
        "is no backup": tmp_path / "text",
        "or broken": damaged(kept, tmp_path / "a", "about.json", None),
        f"a backup of {other}": damaged(kept, tmp_path / "b", "about.json", texts[0]),
        "A newer version": damaged(kept, tmp_path / "c", "about.json", texts[1]),
        "no backup of `gongfen": damaged(kept, tmp_path / "d", "about.json", texts[2]),
        "its hash differs": damaged(kept, tmp_path / "e", NAME, b"SQLite format 3\0"),
        "is broken": damaged(kept, tmp_path / "f", NAME, None),
    }
    for said, file in wrong.items():
        with pytest.raises(CannotKeep) as no:
            unpack(file, read_about(file), tmp_path / NAME)
        assert said in no.value.en, said
    monkeypatch.setenv("GONGFEN_SECRET", "x" * 50)
    with pytest.raises(CannotKeep) as no:
        unpack(kept, about, tmp_path / NAME)
    assert "GONGFEN_SECRET" in no.value.en


def test_a_backup_is_never_put_over_a_file_and_half_a_one_is_not_left(
    db: None, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["backup", str(kept)]) == 1
    assert "not overwritten" in capsys.readouterr().err
    assert cli.main(["backup", str(kept.parent / "no such folder" / "x")]) == 1
    assert "no such folder" in capsys.readouterr().err
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]


def test_the_secret_may_be_kept_elsewhere(village: Elsewhere, tmp_path: Path) -> None:
    file = tmp_path / "without.backup"
    told = gongfen(village, "backup", file, "--without-secret")
    assert told.returncode == 0 and "is not in it" in told.stdout
    with zipfile.ZipFile(file) as packed:
        assert sorted(packed.namelist()) == ["about.json", NAME]
