"""How the app is built, packed into a wheel and given out; no browser needed."""

import gzip
import importlib.util
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gongfen.headers import INTERFACE, StrictHeaders

ROOT = Path(__file__).resolve().parent.parent


def module(path: str) -> Any:
    spec = importlib.util.spec_from_file_location(Path(path).stem + "_of_the_app", ROOT / path)
    assert spec is not None and spec.loader is not None
    read = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(read)
    return read


@pytest.fixture(scope="module")
def builder() -> Any:
    return module("client/build.py")


# --- building --------------------------------------------------------------------------------------------------------


def a_node(folder: Path, version: str) -> None:
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)


@pytest.mark.parametrize(("version", "is_taken"), [("v18.19.1", False), ("v20.0.0", True), ("v24.1.0", True)])
def test_a_node_that_is_new_enough_is_taken(builder, tmp_path, monkeypatch, version, is_taken):
    a_node(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(builder, "own_node", lambda: tmp_path / "no package")
    assert (builder.node() is not None) == is_taken


def test_else_the_locked_package_s(builder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(builder, "own_node", lambda: tmp_path)
    assert builder.node() is None
    for part in ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"):
        (tmp_path / part).parent.mkdir(parents=True)
        (tmp_path / part).write_text("")
    assert builder.node() == (str(tmp_path / "bin/node"), str(tmp_path / "lib/node_modules/npm/bin/npm-cli.js"))


def test_without_any_node_the_builder_says_so_by_its_number(builder, monkeypatch):
    monkeypatch.setattr(builder, "node", lambda: None)
    with pytest.raises(SystemExit) as said:
        builder.build(["web"])
    assert said.value.code == builder.NO_NODE == 3


def test_what_is_built_is_built_again_only_when_a_source_changed(builder, tmp_path, monkeypatch):
    for name in ("src", "dist"):
        (tmp_path / "client" / name).mkdir(parents=True)
    page, schema = tmp_path / "client/src/page.vue", tmp_path / "client/src/schema.d.ts"
    page.write_text("one")
    schema.write_text("types")
    made = tmp_path / "client/dist/index.html"
    made.write_text("")
    told = {
        "TREE": tmp_path,
        "CLIENT": tmp_path / "client",
        "SCHEMA": schema,
        "SOURCES": ["src"],
        "MADE": {"web": made},
    }
    for name, value in told.items():
        monkeypatch.setattr(builder, name, value)
    monkeypatch.setattr(builder.files_of, "__defaults__", (tmp_path / "client",))
    kept = {"web": builder.wanted_now("web")}
    assert builder.is_built("web", kept)
    page.write_text("two")
    assert not builder.is_built("web", kept)
    page.write_text("one")
    assert builder.is_built("web", kept)
    schema.write_text("the server changed")
    assert not builder.is_built("web", kept)
    schema.write_text("types")
    made.unlink()
    assert not builder.is_built("web", kept)


def test_nothing_that_is_made_is_kept_in_the_repository():
    told = (ROOT / ".gitignore").read_text().split()
    assert {"/client/dist/", "/client/src/api/schema.d.ts", "node_modules/"} <= set(told)


def test_the_lock_of_the_client_names_no_addresses():
    told = json.loads((ROOT / "client/package-lock.json").read_text())
    named = [name for name, one in told["packages"].items() if name and not one.get("link")]
    assert len(named) > 300
    assert [name for name in named if "resolved" in told["packages"][name]] == []
    assert [name for name in named if "integrity" not in told["packages"][name]] == []


def test_every_version_is_named_exactly():
    told = json.loads((ROOT / "client/package.json").read_text())
    versions = {**told["dependencies"], **told["devDependencies"], **told["overrides"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d[\w.-]*", version)] == []


# --- in a wheel ------------------------------------------------------------------------------------------------------


@pytest.fixture
def carrying(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The build step of setup.py, beside a setuptools of two lines."""

    class Plain:
        build_lib = ""

        def run(self) -> None:
            """The modules are copied already."""

    asked: dict[str, Any] = {}
    setuptools, command, build = (ModuleType(f"setuptools{part}") for part in ("", ".command", ".command.build_py"))
    setuptools.setup = lambda **told: asked.update(told)  # type: ignore[attr-defined]  # a module made here
    build.build_py = Plain  # type: ignore[attr-defined]  # a module made here
    for made in (setuptools, command, build):
        monkeypatch.setitem(sys.modules, made.__name__, made)
    told = module("setup.py")
    assert asked["cmdclass"] == {"build_py": told.CarryTheApp}
    return told


def test_a_wheel_carries_the_built_app(carrying, tmp_path, monkeypatch):
    built = tmp_path / "h5"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html>")
    (built / "assets/index-1a.js").write_text("1")
    monkeypatch.setattr(carrying, "BUILT", built)
    step = carrying.CarryTheApp()
    step.build_lib = str(tmp_path / "lib")
    step.run()
    carried = tmp_path / "lib/gongfen/webapp"
    assert sorted(str(one.relative_to(carried)) for one in carried.rglob("*.*")) == ["assets/index-1a.js", "index.html"]


def test_there_is_no_wheel_without_it(carrying, tmp_path, monkeypatch):
    monkeypatch.setattr(carrying, "BUILT", tmp_path / "not built")
    with pytest.raises(SystemExit, match=r"client/build\.py web"):
        carrying.CarryTheApp().run()


# --- as the server gives it out --------------------------------------------------------------------------------------


@pytest.fixture
def built(builder, tmp_path, settings) -> Path:
    (tmp_path / "h5").mkdir()
    (tmp_path / "h5/index.html").write_text("<!doctype html>" + "工分" * 1000)
    (tmp_path / "h5/worker.js").write_text("// " + "the worker " * 1000)
    (tmp_path / "h5/manifest.webmanifest").write_text("{}")
    builder.pack(tmp_path / "h5")
    settings.APP_FOLDER = str(tmp_path / "h5")
    return tmp_path / "h5"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("", "text/html"), ("worker.js", "text/javascript"), ("manifest.webmanifest", "application/manifest+json")],
)
def test_files_are_packed_for_who_can_unpack_them(built, path, kind):
    packed = Client().get(f"/app/{path}", headers={"Accept-Encoding": "gzip, br"})
    plain = Client().get(f"/app/{path}", headers={"Accept-Encoding": "identity"})
    assert packed["Content-Type"] == plain["Content-Type"] == kind
    assert "Content-Encoding" not in plain
    body = b"".join(packed.streaming_content)
    if path != "manifest.webmanifest":  # too small to pack
        assert packed["Content-Encoding"] == "gzip"
        body = gzip.decompress(body)
    assert body == b"".join(plain.streaming_content)
    assert packed["Cache-Control"] == "no-cache"


def test_who_unpacks_brotli_gets_the_smaller_file(built):
    (built / "worker.js.br").write_bytes(b"packed smaller")
    answer = Client().get("/app/worker.js", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (answer["Content-Encoding"], answer["Content-Type"]) == ("br", "text/javascript")
    assert b"".join(answer.streaming_content) == b"packed smaller"
    assert answer["Vary"] == "Accept-Encoding"


def test_app_and_server_name_the_same_interface():
    written = (ROOT / "client/src/platform/server.ts").read_text(encoding="utf-8")
    named = re.search(r"export const INTERFACE = (\d+)$", written, re.MULTILINE)
    assert named is not None and int(named[1]) == INTERFACE
    strict = StrictHeaders(lambda request: HttpResponse())
    answer = strict(RequestFactory().get("/api/v1/health"))
    assert answer["Gongfen-Interface"] == str(INTERFACE)
    assert datetime.fromisoformat(answer["Gongfen-Time"]).tzinfo is not None
    assert "Gongfen-Interface" not in strict(RequestFactory().get("/app/"))
