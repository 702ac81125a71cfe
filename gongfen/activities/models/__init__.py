"""What the room stores, by file."""

from gongfen.activities.models.board import Help, HelpNote
from gongfen.activities.models.box import BoxSlip, Envelope, SlipPile
from gongfen.activities.models.core import Activity, Claim, TermsVersion
from gongfen.activities.models.presence import CodeKey, Place, Presence, Sheet, SheetLine, SignUp, WrongTries
from gongfen.activities.models.rulings import Appeal, Evidence, Objection, Reversal, ReviewRules, ReviewRulesWish
from gongfen.activities.models.surveys import Answered, Survey

__all__ = [
    "Activity",
    "Answered",
    "Appeal",
    "BoxSlip",
    "Claim",
    "CodeKey",
    "Envelope",
    "Evidence",
    "Help",
    "HelpNote",
    "Objection",
    "Place",
    "Presence",
    "Reversal",
    "ReviewRules",
    "ReviewRulesWish",
    "Sheet",
    "SheetLine",
    "SignUp",
    "SlipPile",
    "Survey",
    "TermsVersion",
    "WrongTries",
]
