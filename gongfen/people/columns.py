"""Every column that is stored, and what for (R09: no data from other contexts). docs/columns.md is made from it."""


def _(names: str) -> tuple[str, ...]:
    return tuple(names.split())


WHEN = """
agreed_at answer_until approved_at asked_at audited_at begins closed_at closes_at day decided_at
decided_on deliver_at done_at drafted_at drawn_at ended_at ends ends_at erase_at expires_at given_at
happened_at happened_on in_force_from joined_at last_at left_at listed_at looked_at made_at notice_until
on opened_at paid_at passed_on_at period prepared_at proposed_at published_at read_at received_on revoked_at sent_at
slow_until spent_on starts_at unlocked_until until uploaded_at used_at withdrawn_at written_at
"""
PURPOSES: dict[str, tuple[str, ...]] = {
    "a random subject: who did it, or whom or what it is about; names nobody by itself": (
        "about",
        "by",
        "giver_id",
        "hand_over_asked_by",
        "owner",
        "resident",
        "subject",
        "taker_id",
    ),
    "to which row it belongs": (
        "account",
        "act",
        "act_id",
        "act_number",
        "activity_id",
        "claim_id",
        "day_id",
        "device",
        "device_id",
        "earmark",
        "earmark_id",
        "group_id",
        "helper_id",
        "host",
        "household_id",
        "merchant_id",
        "objection_id",
        "owner_id",
        "payout_id",
        "resident_id",
        "reversed_id",
        "row",
        "run_id",
        "second_id",
        "secret_id",
        "session_id",
        "settlement_id",
        "sheet_id",
        "source_id",
        "survey_id",
        "target_id",
        "terms_id",
        "till_id",
        "user_id",
        "village_id",
    ),
    "how much, in whole hundredths of a point or of a fen, or how many": _(
        """
        accounts acts advance amount balance budget_money budget_points captured count day_spent differences
        floor forgiven free free_reserved heads households height metres minutes money month number owed paid_slip
        paper_receipts paper_slips pay_minutes pay_money payout pin_tries place places points pool price
        redeemed refunded reserved reserved_places residents round rounds said_yes second_money source_balance
        sums target_balance took_part transfers tries turn unlocks value week width
        yeses
        """
    ),
    "under 14 no account, 14 to 17 no standing; nothing finer is known": ("age_band",),
    "an answer of the box, which leads to no one; or the answer to an objection": ("answer",),
    "when it happened, was written, begins or ends": tuple(WHEN.split()),
    "which member of staff did it (a subject): two different people for every value": (
        "approved_by",
        "approved_by_id",
        "asked_by",
        "asked_by_id",
        "checked_by",
        "confirmed_by",
        "decided_by",
        "decided_by_id",
        "drafted_by",
        "first_confirmer",
        "made_by",
        "prepared_by",
        "prepared_by_id",
        "proposed_by",
        "published_by",
        "recorded_by",
        "second_by",
        "second_confirmer",
        "signed_by",
        "typed_by",
        "uploaded_by",
    ),
    "what is announced or decided for everyone": (
        "asked",
        "code",
        "decided_how",
        "digest",
        "facts",
        "file",
        "grade",
        "head_percent",
        "hours",
        "how",
        "key",
        "kind",
        "label",
        "lines",
        "name_en",
        "notice_days",
        "paper_path",
        "payer",
        "purpose",
        "question",
        "quarter",
        "questions",
        "reference",
        "title",
        "title_en",
        "topic",
        "unit",
        "verb",
        "what",
    ),
    "the act that stands in the journal for it": (
        "awarded_act",
        "decided_act",
        "made_act",
        "paid_by",
        "reversed_act",
    ),
    "what may be done at most": (
        "caps",
        "confirm_above",
        "daily_budget",
        "day_limit",
        "month_limit",
        "payment_limit",
        "refund_limit",
        "second_look_from",
        "second_look_kinds",
        "week_limit",
    ),
    "a secret, kept as a hash or encrypted": (
        "code_hash",
        "digits",
        "id_hash",
        "name_hash",
        "openid_hash",
        "pin_hash",
        "salt",
        "sealed",
        "sealed_account",
        "sealed_answer",
        "sealed_openid",
        "secret_hash",
        "signature",
        "slip",
        "token_hash",
    ),
    "the voted list of heads that a dividend counts": ("counts_as_head",),
    "who gave money, for the public page": ("donor",),
    "what was filled in to show the work": ("evidence",),
    "who receives a child's head share": ("guardian_id",),
    "whether one wants to be told of a topic in WeChat too": ("in_wechat",),
    "whether a printed card, sheet and slip are needed": ("has_phone",),
    "where who asks to join says they live": ("household_number",),
    "which row it is, and of which town": (
        "id",
        "town_id",
    ),
    "when somebody came; deleted when the activity closes": ("in_at",),
    "how far it is": (
        "is_full",
        "is_late",
        "gives",
        "is_reserved",
        "listed",
        "pays",
        "state",
    ),
    "who answers for the household": ("is_head",),
    "how neighbours and staff know a person, a village or a shop": ("name",),
    "the name for public places, chosen by the person": ("nickname",),
    "when somebody went; deleted when the activity closes": ("out_at",),
    "that a shop's own household paid there, for the supervisor": ("own_household",),
    "to whom the bank pays": ("payee",),
    "a picture that shows the work; without what the camera wrote into it; seen by who decides alone": ("photo",),
    "why it was refused or reversed, for its owner": ("reason",),
    "what a person may do at the desk": ("role",),
    "what an objection or appeal says, for who decides it": ("said",),
    "whether a note asks or offers help": ("says",),
    "what an announcement or objection says": ("text",),
    "for what reason somebody looked or asked": ("why",),
    "what is asked for, until another person says yes": ("wish",),
    "places kept for people without a phone": ("without_phone",),
    "what a note on the board says": ("words",),
}


def purpose_of(column: str) -> str:
    """What a column is for; StopIteration for one that nobody has given a purpose."""
    return next(purpose for purpose, columns in PURPOSES.items() if column in columns)


def page(tables: dict[str, list[str]]) -> str:
    """docs/columns.md: every table with its columns and their purposes."""
    lines = [
        "# Columns: what is stored, and what for",
        "",
        "Made by `gongfen columns`; a test keeps it true. Nothing comes from police, debt, court, health,",
        "religion, politics, contacts or movement, and there is no import for such data (R09).",
    ]
    for table, columns in sorted(tables.items()):
        lines += ["", f"## {table}", "", "| column | what for |", "|---|---|"]
        lines += [f"| {column} | {purpose_of(column)} |" for column in columns]
    return "\n".join(lines) + "\n"
