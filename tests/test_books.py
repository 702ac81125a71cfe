"""The exported books are accepted by other bookkeepers' programs, which come to the same balances; nobody is named."""

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from gongfen import cli
from gongfen.ledger.audit import last_audit
from gongfen.ledger.books import Format, amount, books, name
from gongfen.ledger.models import Transfer
from gongfen.ledger.queries import balance_of
from tests.books import Books, new_books, played_books
from tests.damage import damaged
from tests.village import Daicun

pytestmark = pytest.mark.django_db
BEAN_CHECK = Path(sys.executable).with_name("bean-check")


@pytest.fixture
def played(db: None) -> Books:
    return played_books()


def exported(played: Books, form: Format, folder: Path) -> Path:
    file = folder / f"books.{form}"
    file.write_text("".join(f"{line}\n" for line in books(played.town, form)), encoding="utf-8")
    return file


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120)


def hledger(*command: object) -> subprocess.CompletedProcess[str]:
    program = shutil.which("hledger")
    assert program, "hledger is installed by tests/provide.py"
    return run(program, *command)


@pytest.mark.parametrize(("hundredths", "points", "money"), [(3000, "30.00", "0.3000"), (-5, "-0.05", "-0.0005")])
def test_amounts_are_exact(hundredths, points, money):
    assert amount(2, hundredths) == f"{points} GONGFEN"
    assert amount(16, hundredths) == f"{money} CNY"


def test_bean_check_accepts_the_books(played, tmp_path):
    checked = run(BEAN_CHECK, "--no-cache", exported(played, Format.BEANCOUNT, tmp_path))
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_bean_check_finds_what_does_not_add_up(played, tmp_path):
    file = exported(played, Format.BEANCOUNT, tmp_path)
    text = file.read_text()
    file.write_text(text.replace("  12.0000 CNY", "  12.0001 CNY", 1))
    assert file.read_text() != text and run(BEAN_CHECK, "--no-cache", file).returncode != 0


def test_hledger_accepts_the_books_strictly_and_knows_the_same_balances(played, tmp_path):
    file = exported(played, Format.HLEDGER, tmp_path)
    checked = hledger("check", "-s", "-f", file)
    assert (checked.returncode, checked.stderr) == (0, "")
    told = hledger("balance", "-f", file, "--flat", "-N", "-E", "-O", "json")
    rows, _ = json.loads(told.stdout)
    found = {row[0]: sum(Decimal(str(a["aquantity"]["decimalMantissa"])) for a in row[3]) for row in rows}
    ours = {name(played.town, at.account): Decimal(-balance) for at, balance in played.balances().items() if balance}
    assert {account: balance for account, balance in found.items() if balance} == ours


def test_hledger_finds_what_does_not_add_up(played, tmp_path):
    file = exported(played, Format.HLEDGER, tmp_path)
    text = file.read_text()
    file.write_text(text.replace("= -25.00 GONGFEN", "= -25.01 GONGFEN"))
    assert file.read_text() != text and hledger("check", "-s", "-f", file).returncode != 0


@pytest.mark.parametrize("form", Format)
def test_nobody_is_named(daicun: Daicun, form):
    text = "\n".join(books(daicun.town, form))
    assert str(daicun["王芳"].subject) in text
    assert not any(resident.name in text for resident in daicun.people.values())
    assert daicun.village.name not in text


@pytest.mark.parametrize("form", Format)
def test_books_without_acts_and_without_par(form, tmp_path):
    empty = new_books(par=0)
    file = exported(empty, form, tmp_path)
    checked = hledger("check", "-s", "-f", file) if form == "hledger" else run(BEAN_CHECK, "--no-cache", file)
    assert checked.returncode == 0, checked.stderr
    assert "price" not in file.read_text()


class TestCommands:
    """`gongfen audit` and `gongfen export`, as somebody types them."""

    @pytest.fixture(autouse=True)
    def english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def test_export_writes_to_standard_output(self, played, capsys):
        assert cli.main(["export", "books", "--format", "hledger", "--town", str(played.town.code)]) == 0
        assert capsys.readouterr().out.splitlines() == list(books(played.town, Format.HLEDGER))

    def test_export_of_a_town_that_is_not_there_is_refused(self, db, capsys):
        assert cli.main(["export", "books", "--format", "beancount", "--town", "999999"]) == 1
        assert "no such town" in capsys.readouterr().err

    @pytest.mark.parametrize("words", [["export", "books"], ["export", "books", "--format", "excel"], ["export"]])
    def test_wrong_use_is_2(self, words, capsys):
        with pytest.raises(SystemExit) as left:
            cli.main(words)
        assert left.value.code == 2

    def test_an_audit_that_passes_is_0(self, played, capsys):
        assert cli.main(["audit", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["transfers"], told["acts"], told["differences"]) == (16, 9, [])
        assert cli.main(["audit"]) == 0
        assert "right to the hundredth" in capsys.readouterr().out

    def test_an_audit_that_does_not_is_1_and_names_the_first(self, played, capsys, monkeypatch):
        account = played.fund.account
        with damaged(f"UPDATE ledger_account SET balance = balance + 7 WHERE id = {account}"):
            assert cli.main(["audit", "--json"]) == 1
            told = json.loads(capsys.readouterr().out)
            assert told["differences"][0]["code"] == "balance_differs" and told["found"] == 2
            assert told["differences"][0]["facts"]["account"] == str(account)
            monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
            assert cli.main(["audit"]) == 1
            has = balance_of(played.town, played.fund)
            out = capsys.readouterr().out
            assert f"账户 {account}（fund）：按转账应有 {has - 7}，写的是 {has}" in out and "有 2 处对不上" in out

    def test_small_books_are_always_proved_from_the_first_act(self, played, capsys, monkeypatch):
        assert cli.main(["audit"]) == 0
        old = Transfer.of(played.town).order_by("id")[1]
        with damaged(f"UPDATE ledger_transfer SET amount = amount + 1 WHERE id = {old.id}"):
            assert cli.main(["audit"]) == 1
        monkeypatch.setattr("gongfen.commands.audit.WHOLE_BELOW", 0)
        assert cli.main(["audit"]) == 0
        last = last_audit(played.town)
        assert last is not None and not last.is_full
        assert cli.main(["audit", "--full"]) == 0
        last = last_audit(played.town)
        assert last is not None and last.is_full

    def test_every_difference_has_words_in_both_languages(self):
        import re

        from gongfen.words.audit import DIFFERENCES, difference

        folder = Path(cli.__file__).parent / "ledger"
        code = "".join(file.read_text() for file in folder.glob("audit*.py"))
        told = set(re.findall(r'differs\(\s*"(\w+)"', code)) | set(re.findall(r'^    "(\w+)": f?"', code, re.MULTILINE))
        assert told <= DIFFERENCES.keys() and len(told) > 20
        assert DIFFERENCES.keys() - told - {"transfer_without_act"} == set()
        assert difference("unit_uneven", {"unit": "points", "sum": 5}, "zh") == "全部账户加起来不是零（points）：5"


def test_an_export_of_a_whole_village_is_accepted(daicun: Daicun, tmp_path):
    daicun.receive(60_000 * 10_000, "工行-0020", purpose="果园用工")
    whole = Books(daicun.town)
    assert run(BEAN_CHECK, "--no-cache", exported(whole, Format.BEANCOUNT, tmp_path)).returncode == 0
    assert hledger("check", "-s", "-f", exported(whole, Format.HLEDGER, tmp_path)).returncode == 0
