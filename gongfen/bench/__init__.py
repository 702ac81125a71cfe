"""The bench: how fast and how small, measured on databases of its own that go away afterwards."""
