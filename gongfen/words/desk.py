"""Words of the desk's rooms for activities, reviews and terms."""

REFUSALS: dict[str, tuple[str, str]] = {}

CLAIM_STATES: dict[str, tuple[str, str]] = {
    "made": ("等审核", "waits for review"),
    "second_look": ("等第二个人看", "waits for a second look"),
    "in_notice": ("公示中", "on notice"),
    "objected": ("有异议", "objected to"),
    "refused": ("没同意", "not approved"),
    "appealed": ("在复查", "appealed"),
    "awarded": ("已到账", "awarded"),
    "reversed": ("已更正", "put right"),
}
