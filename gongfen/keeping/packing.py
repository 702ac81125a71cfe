"""The file of a backup: a ZIP with `about.json`, the database and the server's secret. Only its owner may read it.

It is checked whole before anything is touched, and never put over what is there unless that was asked for.
"""

import hashlib
import json
import os
import secrets
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from gongfen.keeping.engines import NAMES, CannotKeep, copy_database, is_taken, place_database
from gongfen.town import clock
from gongfen.town.leases import LOST_AFTER
from gongfen.town.models import NodeLease

ABOUT, SECRET, ENVIRONMENT = "about.json", "secret", "GONGFEN_SECRET"
FORMAT = "gongfen backup 1"
BLOCK = 1 << 20


def back_up(file: Path, *, with_secret: bool = True) -> dict[str, Any]:
    """Write the backup; what stands in its `about.json`. Half a file is never left behind."""
    secret = Path(settings.FOLDER) / SECRET
    takes_secret = with_secret and secret.exists() and ENVIRONMENT not in os.environ
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(dir=_parent(file)) as folder:
            copy = Path(folder) / NAMES[connection.vendor]
            copy_database(copy)
            about = {
                "format": FORMAT, "engine": connection.vendor, "made_at": clock.now().isoformat(),
                "sha256": _hash(copy), "secret": takes_secret, "migrations": _migrations(),
            }  # fmt: skip
            unfinished.touch(0o600)
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as kept:
                kept.writestr(ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
                kept.write(copy, copy.name, zipfile.ZIP_DEFLATED if connection.vendor == "sqlite" else 0)
                if takes_secret:
                    kept.write(secret, SECRET)
        unfinished.replace(file)
    except OSError as wrong:
        raise CannotKeep(f"写不了：{wrong}", f"Cannot write: {wrong}") from wrong
    finally:
        unfinished.unlink(missing_ok=True)
    return about


def _parent(file: Path) -> Path:
    if not file.absolute().parent.is_dir():
        raise CannotKeep(f"没有这个文件夹：{file.parent}", f"There is no such folder: {file.parent}")
    return file.absolute().parent


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _hash(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def bring_back(file: Path, *, replace: bool = False) -> dict[str, Any]:
    """Check the whole file first, then restore it and bring it to this version. What stands in its `about.json`."""
    about = read_about(file)
    _check_place(replace)
    home = Path(settings.FOLDER)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        copy = Path(folder) / NAMES[about["engine"]]
        secret = unpack(file, about, copy)
        place_database(copy, replace=replace)
    if secret and ENVIRONMENT not in os.environ:
        _place_secret(home / SECRET, secret, keep=replace)
    call_command("migrate", verbosity=0)
    return about


def read_about(file: Path) -> dict[str, Any]:
    """What the file says of itself, if it is a backup of ours, for this engine and of no later version."""
    if not file.is_file():
        raise CannotKeep(f"没有这个文件：{file}", f"There is no such file: {file}")
    try:
        with zipfile.ZipFile(file) as kept:
            about: dict[str, Any] = json.loads(kept.read(ABOUT))
        if about["format"] != FORMAT or about["engine"] not in NAMES:
            raise ValueError(about)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        zh, en = (
            f"{file} 不是 gongfen backup 做的备份，或者坏了。",
            f"{file} is no backup of `gongfen backup`, or broken.",
        )
        raise CannotKeep(zh, en) from None
    if about["engine"] != connection.vendor:
        zh = f"这是 {about['engine']} 的备份，这里用的是 {connection.vendor}。"
        raise CannotKeep(zh, f"This is a backup of {about['engine']}, and here is {connection.vendor}.")
    if unknown := set(about["migrations"]) - _known_migrations():
        name = sorted(unknown)[0]
        zh = f"备份是更新的版本做的，这个版本不认识 {name}。请先升级。"
        raise CannotKeep(zh, f"A newer version made this backup: {name} is unknown here. Upgrade first.")
    return about


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _check_place(replace: bool) -> None:
    """Nothing is overwritten without being asked to, and never under a server that runs."""
    if not is_taken():
        return
    if not replace:
        zh = "这里已经有数据。确实要换掉，请加 --replace（最好先备份）。"
        raise CannotKeep(zh, "There are data here already. To replace them say --replace (and back them up first).")
    if _is_served():
        zh = "服务还在运行（或刚停不到五分钟）。请先停下服务，再恢复。"
        raise CannotKeep(zh, "A server runs on it (or stopped less than five minutes ago). Stop it first.")


def _is_served() -> bool:
    try:
        return NodeLease.objects.filter(beat_at__gt=clock.now() - LOST_AFTER).exclude(holder="").exists()
    except DatabaseError:  # whatever lies there is not ours, or is broken: nobody serves it
        return False


def unpack(file: Path, about: dict[str, Any], to: Path) -> bytes:
    """The database's copy, proved by its hash; the secret, if there is one."""
    try:
        with zipfile.ZipFile(file) as kept:
            with kept.open(to.name) as packed, to.open("wb") as out:
                shutil.copyfileobj(packed, out, BLOCK)
            secret = kept.read(SECRET) if about["secret"] else b""
    except (zipfile.BadZipFile, KeyError, EOFError, OSError) as wrong:
        raise CannotKeep(f"备份坏了：{wrong}", f"The backup is broken: {wrong}") from wrong
    if _hash(to) != about["sha256"]:
        raise CannotKeep(
            "备份坏了：校验不对。什么都没有动。", "The backup is broken: its hash differs. Nothing changed."
        )
    given = os.environ.get(ENVIRONMENT)
    if secret and given is not None and given != secret.decode().strip():
        zh = "GONGFEN_SECRET 不是备份里的密钥：用它读不了银行账号。什么都没有动。"
        raise CannotKeep(zh, "GONGFEN_SECRET is not the secret of the backup: bank accounts could not be read with it.")
    return secret


def _place_secret(place: Path, secret: bytes, *, keep: bool) -> None:
    """The secret that the rows were sealed with; another one that was in use is kept beside it."""
    if keep and place.exists() and place.read_bytes() != secret:
        place.replace(place.with_name(f"secret.before.{secrets.token_hex(4)}"))
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secret)
