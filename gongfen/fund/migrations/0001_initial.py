import django.db.models.deletion
from django.db import migrations, models

import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Earmark",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.BigIntegerField()),
                ("subject", models.BigIntegerField(default=gongfen.town.ids.new_subject)),
                ("name", models.CharField(max_length=80)),
                ("donor", models.CharField(max_length=80)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "subject"), name="earmark_subject"),
                    models.UniqueConstraint(fields=("town", "host", "name"), name="earmark_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("host", models.BigIntegerField()),
                ("number", models.CharField(max_length=40)),
                ("donor", models.CharField(max_length=80)),
                ("money", models.BigIntegerField()),
                ("received_on", models.DateField()),
                ("recorded_by", models.BigIntegerField()),
                ("approved_by", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("recorded", "Recorded"), ("approved", "Approved"), ("refused", "Refused")],
                        default="recorded",
                        max_length=10,
                    ),
                ),
                ("act_id", models.BigIntegerField(null=True)),
                (
                    "earmark",
                    gongfen.town.models.TownKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="fund.earmark",
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
                    models.UniqueConstraint(fields=("town", "number"), name="slip_number"),
                    models.CheckConstraint(condition=models.Q(("money__gt", 0)), name="slip_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="slip_two_people",
                    ),
                ],
            },
        ),
    ]
