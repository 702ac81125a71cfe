"""A process of its own, for tests that need several: `python -m tests.child WORK …` (see children.py)."""

import os
import sys


def main() -> None:
    """Django first, then the work: nothing of ours can be imported before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    import django

    django.setup()
    from tests import children

    children.begin(sys.argv[1], sys.argv[2:])


if __name__ == "__main__":
    main()
