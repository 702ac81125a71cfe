"""The web app is files of the built client, and nothing of the machine's other files."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def built(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "h5"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>工分</title>", encoding="utf-8")
    (folder / "assets" / "index-1a2b.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret").write_text("the server's secret", encoding="utf-8")
    settings.APP_FOLDER = str(folder)
    return folder


def test_the_start_page_is_always_new_and_assets_are_kept(built: Path) -> None:
    start, asset = Client().get("/app/"), Client().get("/app/assets/index-1a2b.js")
    assert "工分" in b"".join(start.streaming_content).decode()
    assert start["Cache-Control"] == "no-cache"
    assert "immutable" in asset["Cache-Control"]
    assert "default-src 'self'" in start["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["../secret", "assets/../../secret", "nothing.js", "%2e%2e/secret"])
def test_nothing_else_is_given_out(built: Path, path: str) -> None:
    assert Client().get(f"/app/{path}").status_code == 404


def test_without_a_build_it_says_what_to_do(settings: Any, tmp_path: Path) -> None:
    settings.APP_FOLDER = str(tmp_path / "not there")
    answer = Client().get("/app/")
    assert answer.status_code == 404
    assert "client/README.md" in answer.content.decode()
