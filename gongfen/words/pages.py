"""What the web pages say no to by themselves."""

REFUSALS: dict[str, tuple[str, str]] = {}
