"""A wheel carries the built web app as gongfen/webapp. What else a package needs stands in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

BUILT = Path(__file__).resolve().parent / "client" / "dist" / "build" / "h5"


class CarryTheApp(build_py):
    """Copies the built app beside the modules; there is no wheel without it."""

    def run(self) -> None:
        super().run()
        if not (BUILT / "index.html").is_file():
            raise SystemExit("先编译网页应用 · Build the web app first: python client/build.py web")
        carried = Path(self.build_lib) / "gongfen" / "webapp"
        shutil.rmtree(carried, ignore_errors=True)
        shutil.copytree(BUILT, carried)


setup(cmdclass={"build_py": CarryTheApp})
