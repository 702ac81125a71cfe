"""Terms, activities and claims. Points are whole hundredths of a point, money whole hundredths of a fen."""

from django.db import models
from django.db.models import F, Q

from gongfen.activities.kinds import kind_of
from gongfen.activities.kinds.kind import Kind
from gongfen.activities.kinds.terms import Terms, read_caps
from gongfen.people.models import Resident, Village
from gongfen.rules.claim_states import ActivityState, ClaimState, TermsState
from gongfen.town.ids import new_subject
from gongfen.town.models import TownKey, TownModel


class TermsVersion(TownModel):
    """What one kind of work is worth with one host, from one day on. Decided by residents, never changed."""

    host = models.BigIntegerField()  # subject of the village or the town
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    unit = models.CharField(max_length=10)
    points = models.IntegerField()  # per unit
    minutes = models.SmallIntegerField()  # per unit
    caps = models.JSONField(default=dict)
    in_force_from = models.DateField()
    state = models.CharField(max_length=10, default=TermsState.PROPOSED.value)
    proposed_by = models.BigIntegerField()  # subject
    proposed_at = models.DateTimeField()
    decided_how = models.CharField(max_length=20, blank=True, default="")  # meeting, poll
    decided_on = models.DateField(null=True)
    decided_by = models.BigIntegerField(null=True)  # subject of who wrote the decision down
    took_part = models.IntegerField(null=True)
    said_yes = models.IntegerField(null=True)
    act = models.BigIntegerField(null=True)  # the act of the decision

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "host", "kind", "what", "in_force_from"],
                condition=Q(state=TermsState.DECIDED.value),
                name="terms_one_a_day",
            ),
            models.CheckConstraint(name="terms_give", condition=Q(points__gte=0, minutes__gte=0)),
            models.CheckConstraint(
                name="terms_by_a_decision",
                condition=~Q(state=TermsState.DECIDED.value)
                | Q(
                    took_part__gte=1,
                    said_yes__lte=F("took_part"),
                    said_yes__gt=F("took_part") / 2,
                    decided_on__isnull=False,
                    act__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="terms_two_people", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))
            ),
        ]

    @property
    def terms(self) -> Terms:
        """The terms as a pure value."""
        return Terms(self.what, self.unit, self.points, self.minutes, read_caps(self.caps))


class Activity(TownModel):
    """Something a village or the town asks for, announced, with terms and with the money behind its points."""

    subject = models.BigIntegerField(default=new_subject)  # names its budget account
    host = models.BigIntegerField()  # subject of the village or the town
    village = TownKey(Village, models.PROTECT, null=True, related_name="+")  # none: the town hosts it
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True, default="")
    text = models.TextField(blank=True, default="")
    place = models.CharField(max_length=60, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.IntegerField(null=True)  # none: everyone is welcome
    reserved_places = models.IntegerField(default=0)  # of them only for people without a phone
    paper_path = models.CharField(max_length=100, blank=True, default="")  # how one takes part without a phone
    payer = models.CharField(max_length=60, blank=True, default="")  # who ordered paid labor
    pay_money = models.BigIntegerField(default=0)  # what the order pays for a standard day
    pay_minutes = models.IntegerField(default=0)  # and how long such a day is
    earmark = models.BigIntegerField(null=True)  # subject of the order whose earmark backs the points
    terms = TownKey(TermsVersion, models.PROTECT, related_name="+")
    budget_points = models.BigIntegerField(default=0)
    budget_money = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=ActivityState.DRAFT.value)
    drafted_by = models.BigIntegerField()  # subjects of staff
    drafted_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    metres = models.IntegerField(null=True)  # of road or ditch that were made, told when it closed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "subject"], name="activity_subject"),
            models.CheckConstraint(name="activity_lasts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="activity_places", condition=Q(places=None) | Q(places__gte=1)),
            models.CheckConstraint(
                name="activity_reserved",
                condition=Q(reserved_places=0) | Q(reserved_places__gte=0, reserved_places__lte=F("places")),
            ),
            models.CheckConstraint(name="activity_budget", condition=Q(budget_points__gte=0, budget_money__gte=0)),
            models.CheckConstraint(
                name="activity_approved_by_a_second",
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="activity_published_by_another",
                condition=Q(published_by=None) | ~Q(published_by=F("approved_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["town", "starts_at", "id"], name="activity_by_day"),
            models.Index(fields=["town", "village", "starts_at", "id"], name="activity_by_village"),
        ]

    @property
    def of_kind(self) -> Kind:
        """What kind of activity it is."""
        return kind_of(self.kind)

    def __str__(self) -> str:
        return self.title


class Claim(TownModel):
    """ "I did this": one resident, one activity, one turn. Its grade stays for ever."""

    activity = TownKey(Activity, models.PROTECT, related_name="+", db_index=False)
    resident = TownKey(Resident, models.PROTECT, related_name="+", db_index=False)
    terms = TownKey(TermsVersion, models.PROTECT, related_name="+", db_index=False)  # in force on the day
    host = models.BigIntegerField()  # subject, as in the activity
    kind = models.CharField(max_length=20)  # as in the activity
    turn = models.CharField(max_length=40)  # what may be claimed once
    happened_on = models.DateField()
    evidence = models.JSONField(default=dict)
    grade = models.CharField(max_length=10)  # machine, witnessed, typed
    points = models.BigIntegerField()  # after the caps
    minutes = models.IntegerField()
    state = models.CharField(max_length=12, default=ClaimState.MADE.value)
    notice_until = models.DateField(null=True)  # the last day on which anyone may object
    rounds = models.SmallIntegerField(default=0)  # how often it was decided
    reason = models.CharField(max_length=200, blank=True, default="")  # why it was refused, for its owner
    recorded_by = models.BigIntegerField()  # subject: the owner, or who wrote it down
    made_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)  # subject of the reviewer
    second_by = models.BigIntegerField(null=True)  # subject of the second reviewer
    decided_at = models.DateTimeField(null=True)
    made_act = models.BigIntegerField()
    decided_act = models.BigIntegerField(null=True)
    awarded_act = models.BigIntegerField(null=True)
    reversed_act = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "resident", "turn"], name="claim_once_a_turn"),
            models.CheckConstraint(name="claim_gives", condition=Q(points__gte=0, minutes__gte=0)),
            models.CheckConstraint(
                name="claim_decided_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("recorded_by"))
            ),
            models.CheckConstraint(
                name="claim_seconded_by_a_third",
                condition=Q(second_by=None) | ~(Q(second_by=F("recorded_by")) | Q(second_by=F("decided_by"))),
            ),
        ]
        indexes = [
            models.Index(fields=["town", "resident", "id"], name="claim_mine"),
            models.Index(fields=["town", "resident", "kind", "happened_on"], name="claim_for_caps"),
            # Whole, not partial: SQLite does not match a bound list of states with a partial index's own.
            models.Index(fields=["town", "host", "state", "id", "points"], name="claim_by_host"),
            models.Index(fields=["town", "activity", "state"], name="claim_of_activity"),
            models.Index(
                fields=["town", "notice_until", "id"],
                condition=Q(state=ClaimState.IN_NOTICE.value),
                name="claim_to_award",
            ),
            models.Index(
                fields=["town", "decided_by", "decided_at"],
                condition=Q(decided_by__isnull=False),
                name="claim_by_reviewer",
            ),
            models.Index(
                fields=["town", "second_by", "decided_at"],
                condition=Q(second_by__isnull=False),
                name="claim_by_second",
            ),
        ]
