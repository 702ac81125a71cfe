"""What the room stores, by file."""

from gongfen.activities.models.core import Activity, Claim, TermsVersion
from gongfen.activities.models.rulings import Appeal, Evidence, Objection, Reversal, ReviewRules

__all__ = [
    "Activity",
    "Appeal",
    "Claim",
    "Evidence",
    "Objection",
    "Reversal",
    "ReviewRules",
    "TermsVersion",
]
