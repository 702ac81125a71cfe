"""What the app decides by itself, without a page: its own tests (client/tests/unit_*.test.ts), run by Node."""

import subprocess
from pathlib import Path

import pytest

from tests.test_app_package import module

CLIENT = Path(__file__).resolve().parent.parent / "client"
TESTS = sorted((CLIENT / "tests").glob("unit_*.test.ts"))
PACK = ["--bundle", "--platform=node", "--format=esm", "--alias:@=./src", '--define:import.meta.env.VITE_API=""']

pytestmark = pytest.mark.browser  # as the walks: where the client's packages are installed


def test_the_app_decides_rightly_by_itself(tmp_path):
    program, _ = module("client/build.py").node()
    environment = module("client/build.py").environment(program)
    pack = CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"  # a program of its own
    asked = [str(pack), *map(str, TESTS), *PACK, f"--outdir={tmp_path}", "--log-level=warning"]
    subprocess.run(asked, cwd=CLIENT, env=environment, check=True, timeout=120)
    told = subprocess.run(
        [program, "--test", str(tmp_path)], env=environment, capture_output=True, text=True, timeout=120
    )
    assert told.returncode == 0, told.stdout[-6000:]
    assert f"# pass {sum(file.read_text('utf-8').count(chr(10) + 'test(') for file in TESTS)}" in told.stdout
