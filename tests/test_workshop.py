"""The two commands, the locks, and what the tests need of a machine."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from gongfen.ledger.models import Account
from tests import conftest, provide

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, TEST, NODE = "requirements.lock", "requirements-test.lock", "requirements-node.lock"


@pytest.fixture(scope="module")
def run():
    loader = SourceFileLoader("run", str(ROOT / "run"))
    module = module_from_spec(spec_from_loader("run", loader))
    loader.exec_module(module)
    return module


def versions(lock):
    """Each package of a lock, with its version."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


# --- the locks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", [RUNTIME, TEST, NODE])
def test_every_package_is_pinned_by_hash_and_by_nothing_else(lock):
    text = (ROOT / lock).read_text()
    pinned = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(pinned) == len(versions(lock)) > (0 if lock == NODE else 10)
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", package) for package in pinned)
    assert re.findall(r"https?:|--(?:extra-)?index|--find-links|--trusted|\s@\s|file:", text) == []


def test_the_test_lock_holds_the_whole_runtime_lock():
    assert versions(RUNTIME).items() <= versions(TEST).items()


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for lock, asked in [(RUNTIME, project["dependencies"]), (TEST, project["optional-dependencies"]["test"])]:
        wanted = {re.match(r"[A-Za-z0-9._-]+", line).group().lower().replace("_", "-") for line in asked}
        assert wanted <= versions(lock).keys()


# --- the commands ----------------------------------------------------------------------------------------------------


def test_the_continuous_check_runs_the_same_command_as_people_do():
    commands = [line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec ./run test"]


@pytest.mark.parametrize("file", ["run", "tests/provide.py", "client/build.py"])
def test_a_fresh_machine_needs_nothing_but_python(file):
    tree = ast.parse((ROOT / file).read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_script_stays_short_and_starts_by_itself():
    assert len((ROOT / "run").read_text().splitlines()) <= 240
    assert all((ROOT / file).stat().st_mode & 0o111 for file in ("run", ".ci/run"))


def test_help_is_said_in_two_languages_and_a_wrong_word_is_a_usage_error():
    asked = subprocess.run([sys.executable, ROOT / "run", "--help"], capture_output=True, text=True)
    assert asked.returncode == 0
    for command in ("demo", "test", "check", "rights", "gongfen"):
        assert re.search(rf"\./run {command} .*[\u4e00-\u9fff].* · .*[a-z]", asked.stdout)
    wrong = subprocess.run([sys.executable, ROOT / "run", "dance"], capture_output=True, text=True)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "./run demo" in wrong.stderr


def test_what_is_installed_is_remembered_until_a_lock_changes(run, tmp_path, monkeypatch):
    for lock in (RUNTIME, TEST):
        (tmp_path / lock).write_text("django==5.2.19\n")
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    stamp = tmp_path / "stamp"
    assert not run.is_ready(RUNTIME, tmp_path, stamp)

    stamp.write_text("\n".join(run.stamps(RUNTIME, tmp_path)))
    assert run.is_ready(RUNTIME, tmp_path, stamp)
    assert not run.is_ready(TEST, tmp_path, stamp)

    stamp.write_text("\n".join(run.stamps(TEST, tmp_path)))
    assert run.is_ready(RUNTIME, tmp_path, stamp)
    assert run.is_ready(TEST, tmp_path, stamp)

    (tmp_path / RUNTIME).write_text("django==5.2.20\n")
    assert not run.is_ready(RUNTIME, tmp_path, stamp)
    assert not run.is_ready(TEST, tmp_path, stamp)


def test_a_python_without_pip_is_told_what_to_install(run, monkeypatch):
    monkeypatch.setattr(run, "quiet", lambda *command: subprocess.CompletedProcess(command, 1))
    monkeypatch.setattr(run, "Path", lambda *parts: ROOT / "no such folder")
    with pytest.raises(run.CannotGoOn, match=r"python3-venv.* · .*python3-venv"):
        run.pip_for_a_venv_without_pip()


def test_one_failed_check_fails_the_whole(run, capsys):
    assert run.verdict([]) == 0
    assert run.verdict(["types"]) == 1
    assert "failed: types" in capsys.readouterr().out


# --- what the tests need ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", ["postgresql", "chromium", "hledger"])
def test_what_cannot_be_installed_here_is_said_in_one_sentence(package, monkeypatch):
    monkeypatch.setattr(provide.os, "geteuid", lambda: 1000)
    name = provide.PROGRAMS[package][1]
    with pytest.raises(
        provide.CannotProvide, match=rf"^测试需要 {name}，.*apt install {package}.* · The tests need {name}; .*\.$"
    ):
        provide.install(package)


def test_an_installation_that_fails_is_not_taken_for_one(monkeypatch, capsys):
    monkeypatch.setattr(provide.os, "geteuid", lambda: 0)
    monkeypatch.setattr(provide.shutil, "which", lambda name: "/usr/bin/apt-get")
    asked = []
    monkeypatch.setattr(
        provide.subprocess,
        "run",
        lambda command, **_: asked.append(command) or subprocess.CompletedProcess(command, 100, "", "no network"),
    )
    with pytest.raises(provide.CannotProvide):
        provide.install("hledger")
    assert [next(word for word in command if word in ("update", "install")) for command in asked] == [
        "update",
        "install",
    ]
    assert "no network" in capsys.readouterr().err


def test_postgresql_is_always_needed():
    assert provide.needed()[0] == "postgresql"


def test_a_server_without_a_command_is_a_usage_error():
    with pytest.raises(SystemExit) as left:
        provide.main(["postgres"])
    assert left.value.code == 2


@pytest.mark.slow
@pytest.mark.parametrize("code", [0, 3])
def test_a_private_server_lives_as_long_as_its_command(code):
    asked = f"import os, sys; print(os.environ['GONGFEN_DATABASE']); sys.exit({code})"
    command = [sys.executable, ROOT / "tests/provide.py", "postgres", "--", sys.executable, "-c", asked]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    folder = re.fullmatch(r"postgresql://gongfen@/postgres\?host=(\S+)\n", done.stdout).group(1).replace("%2F", "/")
    assert not Path(folder).exists()


# --- no statement forgets its town -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "forgets"),
    [
        ('SELECT "town_id", "balance" FROM "ledger_account" WHERE "id" = 1', True),
        ('SELECT "balance" FROM "ledger_account" WHERE "town_id" = 1', False),
        ('UPDATE "ledger_account" SET "town_id" = 2 WHERE "id" = 1', True),
        ('UPDATE "ledger_account" SET "balance" = 2', True),
        ('DELETE FROM "ledger_account" WHERE "id" = 1 AND "town_id" = 2', False),
        ('INSERT INTO "ledger_account" ("id") VALUES (1)', True),
        ('INSERT INTO "ledger_account" ("id", "town_id") VALUES (1, 2)', False),
        ("WITH a AS (SELECT id FROM ledger_account) SELECT * FROM a", True),
        ('CREATE TABLE "ledger_account" ("id" bigint)', False),
        ('SELECT 1 FROM "django_migrations"', False),
        ("SELECT pg_total_relation_size('ledger_account')", False),
    ],
)
def test_a_statement_without_its_town_is_seen(sql, forgets):
    assert conftest.forgets_its_town(sql, ("ledger_account",)) is forgets


@pytest.mark.django_db
def test_our_own_code_is_stopped_when_it_forgets_its_town(every_statement_names_its_town):
    ours = {"Account": Account}
    exec(
        compile("def count(): return Account.objects.count()", str(ROOT / "gongfen/ledger/forgetful.py"), "exec"), ours
    )
    with pytest.raises(AssertionError, match="without town_id"):
        ours["count"]()
    assert len(every_statement_names_its_town) == 1
    every_statement_names_its_town.clear()
    assert Account.objects.count() == 0  # a test may look at all towns


def test_each_test_runs_once_on_sqlite_and_walks_run_nowhere_else(run):
    chosen = {name: " ".join(command) for name, (command, _) in run.suites(["-x"]).items()}
    assert "-m not browser -x" in chosen["SQLite"] and "-m browser -x" in chosen["a browser"]
    assert "browser" not in chosen["PostgreSQL"]  # there conftest leaves the walks out
    assert all(env is None or "GONGFEN_DATABASE" not in env for _, env in run.suites([]).values())
