"""What everybody may expect to be told no for, when a pool is shared."""

from gongfen.rules.refusals import Refusal


class RunNotThere(Refusal):
    """The run is not where this step begins. `state` is where it is."""

    code = "run_wrong_state"


class RunConfirmedAlready(Refusal):
    """Two people have confirmed the run; a third is not needed."""

    code = "run_confirmed_already"


class RunChanged(Refusal):
    """The run was computed anew since the confirmer looked at it."""

    code = "run_changed"


class RunPeriodOpen(Refusal):
    """The period is not over: somebody may still earn points in it."""

    code = "run_period_open"


class PoolOverFund(Refusal):
    """The fund has less than the pool needs; `missing` is by how much."""

    code = "pool_over_fund"


class NoticeOpen(Refusal):
    """The notice is not over yet."""

    code = "run_notice_open"


class NoticeOver(Refusal):
    """Objections are made while the run is on notice."""

    code = "run_notice_over"


class ObjectionsOpen(Refusal):
    """Objections wait for their answer; nothing is paid before."""

    code = "run_objections_open"


class ObjectedAlready(Refusal):
    """The resident's objection to this run waits for its answer already."""

    code = "run_objected_already"


class NotOfThisRun(Refusal):
    """The resident does not belong to this run, or has left."""

    code = "run_not_of_it"


class ShareNotHeld(Refusal):
    """The share's payee is there: it is paid into the account when its turn comes."""

    code = "share_not_held"


class SharePaidAlready(Refusal):
    """The share was paid."""

    code = "share_paid_already"


class SharesUnpaid(Refusal):
    """The run cannot close: shares wait."""

    code = "run_shares_unpaid"


class AdvanceOverPool(Refusal):
    """All advances together would be more than the pool they come out of."""

    code = "advance_over_pool"


class AdvanceDecided(Refusal):
    """The advance was decided already."""

    code = "advance_decided_already"
