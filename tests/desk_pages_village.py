"""The pages of the rooms about the village itself: figures, shops, first steps, setting up."""

PAGES = {
    "glance": "auditor",
    "shops": "clerk",
    "first-steps": "clerk",
}
ONLY_WHILE_YOUNG = {"first-steps"}  # the start page leads there until everything is done
# The steps of setting up are for a server without a village: `test_set_up_walk` reads each of them.
PRESSED = {
    "shops/new",
    "shops/<int:asking>",
    "set-up",
    "set-up/place",
    "set-up/people",
    "set-up/people.csv",
    "set-up/roles",
    "set-up/terms",
    "set-up/check",
    "set-up/account",
}
