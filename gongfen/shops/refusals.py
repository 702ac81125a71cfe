"""What the shops say no to. The words are in gongfen/words/spending.py."""

from gongfen.rules.refusals import Refusal


class TillUnknown(Refusal):
    """No till has this token, or it was revoked."""

    code = "till_unknown"


class TillLocked(Refusal):
    """The owner's unlock is needed for this."""

    code = "till_locked"


class TillLimit(Refusal):
    """This till takes no payment of more than `limit`."""

    code = "till_limit"


class OwnerPinWrong(Refusal):
    """The owner's PIN is another."""

    code = "owner_pin_wrong"


class OwnerPinLocked(Refusal):
    """Five wrong PINs: the owner sets a new one on the own phone, or at the desk."""

    code = "owner_pin_locked"


class PinNotUsable(Refusal):
    """A PIN is six digits, not all the same and not one after the other."""

    code = "pin_not_usable"


class ShopNotListed(Refusal):
    """The shop is not on the list: it takes no points."""

    code = "shop_not_listed"


class UnknownShop(Refusal):
    """No such shop in this town."""

    code = "unknown_shop"


class UnknownResident(Refusal):
    """No such resident in this town."""

    code = "unknown_resident"


class ResidentLeft(Refusal):
    """Who left the village, or has no account, cannot pay."""

    code = "payer_without_account"


class TooLittle(Refusal):
    """Cash and points together do not reach. How much is missing only the payer is told."""

    code = "too_little"


class PointsNotSpendable(Refusal):
    """In this town points count for the dividend alone, and the cash does not reach."""

    code = "points_not_spendable"


class CardUnknown(Refusal):
    """No card has this id, or it is dead: reprinted, or its holder left."""

    code = "card_unknown"


class CardPinWrong(Refusal):
    """The PIN is another; `left` tries are left."""

    code = "card_pin_wrong"


class CardLocked(Refusal):
    """Five wrong PINs: the holder and one person who is not staff of their group unlock it."""

    code = "card_locked"


class CardWithoutPin(Refusal):
    """The holder has not chosen a PIN yet: that is done at this till, before the first payment."""

    code = "card_without_pin"


class CardHasPin(Refusal):
    """The PIN was chosen already."""

    code = "card_has_pin"


class CardsOfOneHousehold(Refusal):
    """Two cards pay together only when their holders share a household, and are two."""

    code = "cards_of_one_household"


class PartsDoNotAddUp(Refusal):
    """The parts of two cards are together the sum, and neither is nothing."""

    code = "parts_do_not_add_up"


class HelperEnded(Refusal):
    """Nobody asked this helper, or the time is over, or either ended it."""

    code = "helper_ended"


class UnknownHelper(Refusal):
    """The caller has no such helper, and helps nobody by that id."""

    code = "unknown_helper"


class HelperLimit(Refusal):
    """The helper may pay no more than `left` today."""

    code = "helper_limit"


class HelperNotPossible(Refusal):
    """A helper is another resident with an account; the last day is within a year."""

    code = "helper_not_possible"


class ConfirmationOver(Refusal):
    """The payment was confirmed or refused already, or its time is over."""

    code = "confirmation_over"


class UnknownConfirmation(Refusal):
    """No payment waits for this resident's yes by that id."""

    code = "unknown_confirmation"


class UnknownPayment(Refusal):
    """This shop took no payment with this number."""

    code = "unknown_payment"


class RefundTooLarge(Refusal):
    """Of this payment only `left` is left to give back."""

    code = "refund_too_large"


class OwnHousehold(Refusal):
    """It concerns the own household: somebody else decides."""

    code = "shop_own_household"


class UnknownAsking(Refusal):
    """There is nothing of this kind waiting for approval."""

    code = "unknown_asking"


class StaffOfTheGroup(Refusal):
    """A card is unlocked by somebody who is not staff of the holder's group."""

    code = "staff_of_the_group"


class NothingToSettle(Refusal):
    """No till has a closed day with money in it (or only those of the own household)."""

    code = "nothing_to_settle"


class UnknownSettlement(Refusal):
    """No such settlement or payout in this town."""

    code = "unknown_settlement"


class NotReadyForBank(Refusal):
    """No payout of this settlement is approved and waiting for the file."""

    code = "not_ready_for_bank"


class NoBankAccount(Refusal):
    """The shop has named no bank account to pay to."""

    code = "no_bank_account"


class LimitNotPossible(Refusal):
    """A limit is whole fen, and never above the town's."""

    code = "limit_not_possible"


class WordsNotUsable(Refusal):
    """A name, an hour or a price that cannot be: `what` says which."""

    code = "shop_words_not_usable"


class OwnsAShop(Refusal):
    """Who owns a shop on the list, or one that is still owed money, hands it over or closes it before leaving."""

    code = "owns_a_shop"
