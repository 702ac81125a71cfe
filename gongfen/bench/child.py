"""The measuring process: `python -m gongfen.bench.child WORK OPTIONS`. Prints what it found as JSON."""

import json
import os
import sys
from importlib import import_module
from typing import Any


def main(work: str, options: dict[str, Any]) -> None:
    """Make the tables, then measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    found = import_module(f"gongfen.bench.{work}").measure(**options)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
