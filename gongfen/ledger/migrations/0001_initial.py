import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0001_initial"),
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.SmallIntegerField(
                        choices=[
                            (1, "issuance"),
                            (2, "points"),
                            (8, "outside"),
                            (9, "fund"),
                            (10, "earmark"),
                            (11, "reserve"),
                            (12, "welfare"),
                            (13, "budget"),
                            (14, "backing"),
                            (15, "pool"),
                            (16, "cash"),
                            (17, "till"),
                            (18, "on_hold"),
                            (19, "transit"),
                        ]
                    ),
                ),
                ("owner", models.BigIntegerField()),
                ("floor", models.BigIntegerField(default=0, null=True)),
                ("balance", models.BigIntegerField(default=0)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("floor", None), ("balance__gte", models.F("floor")), _connector="OR"),
                        name="account_floor",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("account", models.BigIntegerField()),
                ("amount", models.BigIntegerField()),
                ("captured", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("captured", "Captured"),
                            ("released", "Released"),
                            ("expired", "Expired"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.act"
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
                    models.Index(condition=models.Q(("state", "open")), fields=["town", "expires_at"], name="hold_open")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "act"), name="hold_of_act"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="hold_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("captured__gte", 0), ("captured__lte", models.F("amount"))),
                        name="hold_captured",
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
                ("reason", models.CharField(max_length=20)),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.act"
                    ),
                ),
                (
                    "reversed",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reversals", to="journal.act"
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
                "constraints": [models.UniqueConstraint(fields=("town", "act"), name="reversal_of_act")],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField()),
                ("source_balance", models.BigIntegerField()),
                ("target_balance", models.BigIntegerField()),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="journal.act",
                    ),
                ),
                (
                    "source",
                    gongfen.town.models.TownKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.account",
                    ),
                ),
                (
                    "target",
                    gongfen.town.models.TownKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.account",
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
                    models.Index(fields=["source", "id"], name="transfer_out"),
                    models.Index(fields=["target", "id"], name="transfer_in"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="transfer_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True), name="transfer_two_accounts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "id__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("act_id"), "*", models.Value(512)
                                ),
                            ),
                            (
                                "id__lt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("act_id"), "*", models.Value(512)
                                    ),
                                    "+",
                                    models.Value(512),
                                ),
                            ),
                        ),
                        name="transfer_in_order",
                    ),
                ],
            },
        ),
    ]
