"""Paper: documents as PDF. Pure: plain values in, bytes out."""

from gongfen.prints.months import Month, month
from gongfen.prints.proofs import Proof, ProofLine, proof
from gongfen.prints.questions import PaperQuestion, Questionnaire, questionnaire
from gongfen.prints.receipts import Receipt, receipt
from gongfen.prints.residents import Book, BookLine, Card, book, card, cards
from gongfen.prints.sheets import SheetName, SignInSheet, sign_in_sheet
from gongfen.prints.slips import Slip, slips
from gongfen.prints.statements import Statement, StatementLine, Year, YearLine, statement, year
from gongfen.prints.walls import Poster, Sign, poster, sign
from gongfen.prints.weeks import Week, WeekActivity, WeekMoney, week

__all__ = [
    "Book",
    "BookLine",
    "Card",
    "Month",
    "PaperQuestion",
    "Poster",
    "Proof",
    "ProofLine",
    "Questionnaire",
    "Receipt",
    "SheetName",
    "Sign",
    "SignInSheet",
    "Slip",
    "Statement",
    "StatementLine",
    "Week",
    "WeekActivity",
    "WeekMoney",
    "Year",
    "YearLine",
    "book",
    "card",
    "cards",
    "month",
    "poster",
    "proof",
    "questionnaire",
    "receipt",
    "sign",
    "sign_in_sheet",
    "slips",
    "statement",
    "week",
    "year",
]
