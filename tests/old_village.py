"""A village as an earlier version kept it, to try every upgrade on: `python tests/old_village.py COMMIT`.

The earlier version plays it itself, with its own tests' stories, on SQLite and (with GONGFEN_DATABASE) on PostgreSQL;
what it left is kept as plain SQL in tests/data/. `test_old_village.py` brings it to this version and audits it.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
KEPT = {engine: ROOT / "tests" / "data" / f"old_village.{engine}.sql.gz" for engine in ("sqlite", "postgresql")}
NAME = "gongfen_old_village"
# What only another version of PostgreSQL's own programs would understand.
OF_ONE_VERSION = ("SET ", "\\restrict", "\\unrestrict", "SELECT pg_catalog.set_config")


def make(commit: str) -> None:
    """Play the village at this commit, and keep what it left."""
    with tempfile.TemporaryDirectory() as folder:
        old, home = Path(folder) / "old", Path(folder) / "home"
        old.mkdir()
        home.mkdir()
        packed = subprocess.run(["git", "-C", ROOT, "archive", commit], stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["tar", "-x", "-C", old], input=packed, check=True)
        file = home / "village.sqlite3"
        _play(old, home, f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as played:
            _keep("sqlite", "\n".join(played.iterdump()))
        if server := os.environ.get("GONGFEN_DATABASE"):
            _on_postgresql(server, old, home)


def _on_postgresql(server: str, old: Path, home: Path) -> None:
    import psycopg

    address = urlunsplit(urlsplit(server)._replace(path=f"/{NAME}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            _play(old, home, address)
            words = ["pg_dump", "--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges", address]
            dump = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout
        finally:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
    _keep("postgresql", "\n".join(line for line in dump.splitlines() if not line.startswith(OF_ONE_VERSION)))


def _keep(engine: str, sql: str) -> None:
    KEPT[engine].write_bytes(gzip.compress(sql.encode(), 9, mtime=0))
    print(KEPT[engine].name, KEPT[engine].stat().st_size)


def _play(old: Path, home: Path, address: str) -> None:
    environment = {**os.environ, "GONGFEN_DATABASE": address, "GONGFEN_DIR": str(home)}
    environment.pop("GONGFEN_TEST_DB", None)
    environment |= {"DJANGO_SETTINGS_MODULE": "gongfen.settings", "PYTHONPATH": str(old)}
    subprocess.run([sys.executable, __file__, "play"], cwd=old, env=environment, check=True)


def play() -> None:
    """A dividend in the middle of its payments, a shop's week on its way to the bank, claims in every state."""
    sys.path.insert(0, os.getcwd())
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _share()
    _spend()
    _earn()


def _share() -> None:
    from tests.sharing import award, drafted, paying_begun
    from tests.village import POINT, founded

    daicun = founded()
    award(daicun, "李大伯", 30 * POINT)
    award(daicun, "王芳", 12 * POINT)
    paying_begun(daicun, drafted(daicun))


def _spend() -> None:
    from gongfen.shops import settlement
    from gongfen.shops.models import Merchant
    from gongfen.shops.sealed import seal
    from tests.shops_village import POINT, YUAN, found_shops

    shops = found_shops()
    shops.has_role("会计", "treasurer")
    shops.has_role("监督", "supervisor")
    for shop in shops.shops.values():
        Merchant.of(shops.town).filter(id=shop.id).update(sealed_account=seal(b"622200000000", about=shop.id))
    shops.lives("李大妈")
    shops.earned("李大妈", 300 * POINT)
    shops.phone("李大妈")
    for _ in range(3):
        shops.scan("小芳", shops.code("李大妈"), 10 * YUAN)
    shops.later(days=3)
    row = settlement.prepare(shops.people["会计"], village=None, key="friday", now=shops.now)
    settlement.approve(shops.people["监督"], row.id, now=shops.now)
    settlement.send_out(shops.people["会计"], row.id, now=shops.now)


def _earn() -> None:
    from tests.earning_life import Life

    life = Life(code=9)
    activity = life.publish()
    claims = [life.claim(activity, who, minutes=120) for who in ("li", "wang", "zhao")]
    for claim in claims[:2]:
        life.approve(claim)


if __name__ == "__main__":
    play() if sys.argv[1:] == ["play"] else make(sys.argv[1])
