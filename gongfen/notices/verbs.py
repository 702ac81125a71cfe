"""Which acts are told to whom, as which text. What is not here is told to nobody."""

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What a resident may choose about."""

    EARNING = "earning"
    MONEY = "money"
    SHARING = "sharing"
    DESK = "desk"  # helpers, roles, cards: one's own safety
    INVITATIONS = "invitations"


class To(StrEnum):
    """Who is told."""

    ABOUT = "about"  # whom the act is about
    PAYEE = "payee"  # a child's guardian, where there is one
    HELPER = "helper"
    RESIDENTS = "residents"  # everyone of the host: what is shown to all
    INVITED = "invited"  # those of the host who consented to invitations


@dataclass(frozen=True)
class Telling:
    """How an act is told."""

    code: str
    topic: Topic
    to: To = To.ABOUT
    own_too: bool = False  # told even to who did it: a receipt


TELLINGS: dict[str, Telling] = {
    "claim.approve": Telling("claim_approved", Topic.EARNING),
    "claim.refuse": Telling("claim_refused", Topic.EARNING),
    "claim.award": Telling("award", Topic.EARNING),
    "claim.object": Telling("claim_objected", Topic.EARNING),
    "objection.dismiss": Telling("award_stands", Topic.EARNING),
    "claim.reverse": Telling("award_reversed", Topic.EARNING),
    "appeal.overdue": Telling("appeal_granted", Topic.EARNING),
    "reversal.ask": Telling("reversal_asked", Topic.EARNING),
    "payment.pay": Telling("payment", Topic.MONEY, own_too=True),
    "payment.hold": Telling("payment_to_confirm", Topic.MONEY, own_too=True),
    "payment.refund": Telling("refund", Topic.MONEY),
    "dividend.share": Telling("dividend", Topic.SHARING, To.PAYEE),
    "advance.pay": Telling("advance", Topic.SHARING),
    "run.decide": Telling("objection_decided", Topic.SHARING),
    "run.notice": Telling("run_on_notice", Topic.SHARING, To.RESIDENTS, own_too=True),
    "helper.name": Telling("helper_named", Topic.DESK, To.HELPER),
    "helper.end": Telling("helper_ended", Topic.DESK, To.HELPER, own_too=False),
    "helper_session.ask": Telling("session_asked", Topic.DESK),
    "helper_session.begin": Telling("session_begun", Topic.DESK),
    "helper_session.end": Telling("session_ended", Topic.DESK),
    "leaving.ask": Telling("leaving_asked", Topic.DESK, own_too=True),
    "leaving.stay": Telling("leaving_stayed", Topic.DESK, own_too=True),
    "leaving.paid": Telling("leaving_paid", Topic.MONEY),
    "resident.correct": Telling("list_changed", Topic.DESK),
    "role.give": Telling("role_given", Topic.DESK),
    "role.end": Telling("role_ended", Topic.DESK),
    "activity.publish": Telling("invitation", Topic.INVITATIONS, To.INVITED),
}

TOPIC_OF = {telling.code: telling.topic.value for telling in TELLINGS.values()}
TOLD_FACTS = frozenset({
    "points", "money", "payout", "minutes", "grade", "kind", "activity", "claim", "run", "merchant", "until",
    "upheld", "role", "advance", "objection", "answer_until",
})  # fmt: skip
