import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import gongfen.activities.models.presence
import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0001_initial"),
        ("people", "0001_initial"),
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TermsVersion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("what", models.CharField(max_length=20)),
                ("unit", models.CharField(max_length=10)),
                ("points", models.IntegerField()),
                ("minutes", models.SmallIntegerField()),
                ("caps", models.JSONField(default=dict)),
                ("in_force_from", models.DateField()),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("decided_how", models.CharField(blank=True, default="", max_length=20)),
                ("decided_on", models.DateField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("took_part", models.IntegerField(null=True)),
                ("said_yes", models.IntegerField(null=True)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "decided")),
                        fields=("town", "host", "kind", "what", "in_force_from"),
                        name="terms_one_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 0), ("points__gte", 0)), name="terms_give"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(
                                ("act__isnull", False),
                                ("decided_on__isnull", False),
                                (
                                    "said_yes__gt",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("took_part"), "/", models.Value(2)
                                    ),
                                ),
                                ("said_yes__lte", models.F("took_part")),
                                ("took_part__gte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="terms_by_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="terms_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.BigIntegerField(default=gongfen.town.ids.new_subject)),
                ("host", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("what", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=60)),
                ("title_en", models.CharField(blank=True, default="", max_length=120)),
                ("text", models.TextField(blank=True, default="")),
                ("place", models.CharField(blank=True, default="", max_length=60)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("places", models.IntegerField(null=True)),
                ("reserved_places", models.IntegerField(default=0)),
                ("paper_path", models.CharField(blank=True, default="", max_length=100)),
                ("payer", models.CharField(blank=True, default="", max_length=60)),
                ("pay_money", models.BigIntegerField(default=0)),
                ("pay_minutes", models.IntegerField(default=0)),
                ("earmark", models.BigIntegerField(null=True)),
                ("budget_points", models.BigIntegerField(default=0)),
                ("budget_money", models.BigIntegerField(default=0)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("drafted_by", models.BigIntegerField()),
                ("drafted_at", models.DateTimeField()),
                ("approved_by", models.BigIntegerField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("published_by", models.BigIntegerField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "village",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.village"
                    ),
                ),
                (
                    "terms",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.termsversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town", "starts_at", "id"], name="activity_by_day"),
                    models.Index(fields=["town", "village", "starts_at", "id"], name="activity_by_village"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "subject"), name="activity_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="activity_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places", None), ("places__gte", 1), _connector="OR"),
                        name="activity_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reserved_places", 0),
                            models.Q(("reserved_places__gte", 0), ("reserved_places__lte", models.F("places"))),
                            _connector="OR",
                        ),
                        name="activity_reserved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget_money__gte", 0), ("budget_points__gte", 0)), name="activity_budget"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="activity_approved_by_a_second",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by", None),
                            models.Q(("published_by", models.F("approved_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="activity_published_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("turn", models.CharField(max_length=40)),
                ("happened_on", models.DateField()),
                ("evidence", models.JSONField(default=dict)),
                ("grade", models.CharField(max_length=10)),
                ("points", models.BigIntegerField()),
                ("minutes", models.IntegerField()),
                ("state", models.CharField(default="made", max_length=12)),
                ("notice_until", models.DateField(null=True)),
                ("rounds", models.SmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("recorded_by", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("second_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("made_act", models.BigIntegerField()),
                ("decided_act", models.BigIntegerField(null=True)),
                ("awarded_act", models.BigIntegerField(null=True)),
                ("reversed_act", models.BigIntegerField(null=True)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.resident",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "terms",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.termsversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town", "resident", "id"], name="claim_mine"),
                    models.Index(fields=["town", "resident", "kind", "happened_on"], name="claim_for_caps"),
                    models.Index(fields=["town", "host", "state", "id", "points"], name="claim_by_host"),
                    models.Index(fields=["town", "activity", "state"], name="claim_of_activity"),
                    models.Index(
                        condition=models.Q(("state", "in_notice")),
                        fields=["town", "notice_until", "id"],
                        name="claim_to_award",
                    ),
                    models.Index(
                        condition=models.Q(("decided_by__isnull", False)),
                        fields=["town", "decided_by", "decided_at"],
                        name="claim_by_reviewer",
                    ),
                    models.Index(
                        condition=models.Q(("second_by__isnull", False)),
                        fields=["town", "second_by", "decided_at"],
                        name="claim_by_second",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "resident", "turn"), name="claim_once_a_turn"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 0), ("points__gte", 0)), name="claim_gives"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            models.Q(
                                ("second_by", models.F("recorded_by")),
                                ("second_by", models.F("decided_by")),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="claim_seconded_by_a_third",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uploaded_by", models.BigIntegerField()),
                ("uploaded_at", models.DateTimeField()),
                ("width", models.SmallIntegerField()),
                ("height", models.SmallIntegerField()),
                ("photo", models.BinaryField()),
                (
                    "claim",
                    gongfen.town.models.TownKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.claim",
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("said", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("is_late", models.BooleanField(default=False)),
                ("state", models.CharField(default="open", max_length=10)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "claim",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.claim"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "claim", "resident"), name="objection_once")],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slip", models.BigIntegerField(default=gongfen.town.ids.random_id)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("waiting", "Waiting"),
                            ("has_place", "Has Place"),
                            ("reconfirmed", "Reconfirmed"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("without_phone", models.BooleanField(default=False)),
                ("is_reserved", models.BooleanField(default=False)),
                ("turn", models.IntegerField(default=0)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "resident"], name="place_of_resident")],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "activity", "resident"), name="place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_reserved", False), models.Q(("turn", 0), ("without_phone", True)), _connector="OR"
                        ),
                        name="place_reserved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("in_at", models.DateTimeField()),
                ("out_at", models.DateTimeField(null=True)),
                (
                    "grade",
                    models.CharField(
                        choices=[("machine", "Machine"), ("witnessed", "Witnessed"), ("typed", "Typed")], max_length=9
                    ),
                ),
                ("is_late", models.BooleanField(default=False)),
                ("recorded_by", models.BigIntegerField()),
                ("confirmed_by", models.BigIntegerField(null=True)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "resident", "in_at"], name="presence_of_resident")],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "activity", "resident", "in_at"), name="presence_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("out_at", None)),
                        fields=("town", "activity", "resident"),
                        name="presence_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("out_at", None), ("out_at__gte", models.F("in_at")), _connector="OR"),
                        name="presence_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="presence_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade", "witnessed"), _negated=True),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="presence_witnessed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("why", models.CharField(max_length=200)),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=10)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "claim",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.claim"
                    ),
                ),
                (
                    "objection",
                    gongfen.town.models.TownKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.objection",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "declined"), _negated=True),
                        fields=("town", "claim"),
                        name="reversal_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRules",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.BigIntegerField()),
                ("daily_budget", models.BigIntegerField(default=500000)),
                ("second_look_from", models.BigIntegerField(default=20000)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "host"), name="review_rules_of_host"),
                    models.CheckConstraint(
                        condition=models.Q(("daily_budget__gte", 0), ("second_look_from__gte", 1)),
                        name="review_rules_some",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slip", models.CharField(max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("printed", "Printed"),
                            ("photographed", "Photographed"),
                            ("typed", "Typed"),
                            ("done", "Done"),
                        ],
                        default="printed",
                        max_length=12,
                    ),
                ),
                ("photo", models.BigIntegerField(null=True)),
                ("typed_by", models.BigIntegerField(null=True)),
                ("checked_by", models.BigIntegerField(null=True)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "slip"), name="sheet_slip"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by", None),
                            models.Q(("checked_by", models.F("typed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="sheet_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "printed"), ("photo__isnull", False), _connector="OR"),
                        name="sheet_photographed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("typed_by", models.BigIntegerField()),
                ("in_at", models.DateTimeField()),
                ("out_at", models.DateTimeField()),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "sheet",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="activities.sheet"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "sheet", "resident", "typed_by"), name="sheet_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("out_at__gte", models.F("in_at"))), name="sheet_line_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("places", models.IntegerField()),
                ("reserved", models.IntegerField(default=0)),
                ("free", models.IntegerField()),
                ("free_reserved", models.IntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("drawn_at", models.DateTimeField(null=True)),
                ("passed_on_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "activity"), name="sign_up_once"),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", models.F("reserved")), ("reserved__gte", 0)),
                        name="sign_up_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("free__gte", 0), ("free_reserved__gte", 0)), name="sign_up_free"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("title_en", models.CharField(blank=True, default="", max_length=80)),
                ("questions", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed")],
                        default="draft",
                        max_length=6,
                    ),
                ),
                ("closes_at", models.DateTimeField()),
                ("pays", models.BooleanField(default=True)),
                ("drafted_by", models.BigIntegerField()),
                ("paper_receipts", models.IntegerField(default=0)),
                ("paper_slips", models.IntegerField(default=0)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "activity"], name="survey_of_activity")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paper_slips__gte", 0), ("paper_slips__lte", models.F("paper_receipts"))),
                        name="survey_slips",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "survey",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.survey"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BoxSlip",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("question", models.CharField(max_length=40)),
                ("answer", models.JSONField()),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "survey",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.survey"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "survey", "question"], name="box_slip_of_question")],
            },
        ),
        migrations.CreateModel(
            name="Answered",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("asked", models.BinaryField(max_length=16)),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "survey",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.survey"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "survey", "resident"), name="answered_once")],
            },
        ),
        migrations.CreateModel(
            name="WrongTries",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("device", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "device"), name="wrong_tries_once")],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("said", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("answer_until", models.DateField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("act", models.BigIntegerField(null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "claim",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.claim"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["town", "answer_until", "id"],
                        name="appeal_waits",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("town", "claim"), name="appeal_once")],
            },
        ),
        migrations.CreateModel(
            name="CodeKey",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BinaryField(default=gongfen.activities.models.presence.new_key, max_length=32)),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "activity"), name="code_key_once")],
            },
        ),
        migrations.CreateModel(
            name="Help",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("proposed_by", models.BigIntegerField()),
                ("points", models.BigIntegerField()),
                ("minutes", models.IntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("agreed", "Agreed"),
                            ("done", "Done"),
                            ("declined", "Declined"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("happened_on", models.DateField()),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="journal.act",
                    ),
                ),
                (
                    "activity",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "giver",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "taker",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town", "giver"], name="help_of_giver"),
                    models.Index(fields=["town", "taker"], name="help_of_taker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True), name="help_two_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gt", 0), ("points__lte", 1000)), name="help_points"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 0), ("minutes__lte", 720)), name="help_minutes"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpNote",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("says", models.CharField(choices=[("asked", "Asked"), ("offered", "Offered")], max_length=7)),
                ("words", models.CharField(max_length=120)),
                ("until", models.DateField()),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "village",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.village"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "village", "until"], name="help_note_on_board")],
            },
        ),
    ]
