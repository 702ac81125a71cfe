"""The demo: a village of invented people, a year of its life, and a door into it."""
