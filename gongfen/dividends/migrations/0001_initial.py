import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import gongfen.rules.dividend
import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.BigIntegerField(default=gongfen.town.ids.new_subject)),
                ("host", models.BigIntegerField()),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("pool", models.BigIntegerField()),
                ("lines", models.JSONField(default=list)),
                ("head_percent", models.SmallIntegerField()),
                (
                    "unit",
                    models.IntegerField(
                        choices=[(100, "fen"), (10000, "yuan")], default=gongfen.rules.dividend.Unit["FEN"]
                    ),
                ),
                ("turn", models.IntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("simulated", "Simulated"),
                            ("confirmed", "Confirmed"),
                            ("in_notice", "In Notice"),
                            ("paying", "Paying"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("round", models.IntegerField(default=0)),
                ("sums", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("drafted_by", models.BigIntegerField()),
                ("first_confirmer", models.BigIntegerField(null=True)),
                ("second_confirmer", models.BigIntegerField(null=True)),
                ("notice_until", models.DateTimeField(null=True)),
                ("paid_slip", models.BigIntegerField(default=0)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pool__gt", 0)), name="run_pool"),
                    models.CheckConstraint(
                        condition=models.Q(("head_percent__gte", 0), ("head_percent__lte", 100)),
                        name="run_head_percent",
                    ),
                    models.CheckConstraint(condition=models.Q(("begins__lte", models.F("ends"))), name="run_period"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_confirmer", models.F("second_confirmer")), _negated=True),
                            ("first_confirmer", None),
                            ("second_confirmer", None),
                            _connector="OR",
                        ),
                        name="run_two_confirmers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "simulated"]),
                            models.Q(("first_confirmer__isnull", False), ("second_confirmer__isnull", False)),
                            _connector="OR",
                        ),
                        name="run_confirmed_by_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Advance",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("resident", models.BigIntegerField()),
                ("money", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("paid", "Paid"), ("refused", "Refused")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_by", models.BigIntegerField()),
                ("decided_by", models.BigIntegerField(null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "run",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="advances", to="dividends.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("money__gt", 0)), name="advance_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="advance_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunObjection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by", models.BigIntegerField()),
                ("text", models.TextField(max_length=1000)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("upheld", "Upheld"), ("dismissed", "Dismissed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, default="", max_length=1000)),
                ("decided_by", models.BigIntegerField(null=True)),
                (
                    "run",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="dividends.run"
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
            name="Share",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slip", models.BigIntegerField()),
                ("resident", models.BigIntegerField()),
                ("payee", models.BigIntegerField()),
                ("heads", models.SmallIntegerField()),
                ("points", models.BigIntegerField()),
                ("advance", models.BigIntegerField()),
                ("money", models.BigIntegerField()),
                ("payout", models.BigIntegerField()),
                ("forgiven", models.BigIntegerField()),
                ("hand_over_asked_by", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("in_turn", "In Turn"), ("held", "Held"), ("handed", "Handed")],
                        default="in_turn",
                        max_length=8,
                    ),
                ),
                (
                    "run",
                    gongfen.town.models.TownKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="dividends.run",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="town.town",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town", "payee", "run"], name="share_of_payee"),
                    models.Index(condition=models.Q(("state", "held")), fields=["town", "run"], name="share_held"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "run", "slip"), name="share_slip"),
                    models.UniqueConstraint(fields=("town", "resident", "run"), name="share_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "payout",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("money"), "+", models.F("forgiven")
                                    ),
                                    "-",
                                    models.F("advance"),
                                ),
                            ),
                            ("payout__gte", 0),
                        ),
                        name="share_sum",
                    ),
                ],
            },
        ),
    ]
