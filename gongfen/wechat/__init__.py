"""The door to WeChat: its protocols, and which WeChat account signs in for whom. No other door knows it."""
