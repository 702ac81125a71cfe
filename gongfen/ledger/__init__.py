"""Where points and money are."""
