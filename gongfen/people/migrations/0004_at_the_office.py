import django.db.models.deletion
from django.db import migrations, models

import gongfen.people.at_the_office
import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_staff_accounts"),
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HelperSession",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("by", models.BigIntegerField()),
                ("how", models.CharField(max_length=8)),
                ("opened_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["town", "resident", "id"], name="session_of_resident")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("town", "by"), name="session_one_a_clerk"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("row", models.BigIntegerField(default=0)),
                ("done_at", models.DateTimeField()),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "session",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="deeds", to="people.helpersession"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KnownPhone",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("pin_hash", models.CharField(max_length=120)),
                ("tries", models.SmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                (
                    "device",
                    gongfen.town.models.TownKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.device",
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
                "constraints": [models.UniqueConstraint(fields=("town", "resident"), name="known_phone_one")],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("erase_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("stayed", "Stayed"), ("gone", "Gone")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("slip", models.BigIntegerField(default=gongfen.people.at_the_office.new_slip)),
                ("owed", models.BigIntegerField(default=0)),
                ("prepared_by", models.BigIntegerField(null=True)),
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
                "indexes": [models.Index(fields=["town", "state", "erase_at"], name="leaving_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "slip"), name="leaving_slip"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("town", "resident"), name="leaving_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("owed__gte", 0)), name="leaving_owed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleWish",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.CharField(max_length=12)),
                ("gives", models.BooleanField()),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.village"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("town", "resident", "role", "gives"),
                        name="role_wish_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_wish_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskQuestion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=6)),
                ("secret_hash", models.BinaryField(max_length=32)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=8)),
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
                "indexes": [models.Index(fields=["town", "resident", "expires_at"], name="desk_question_of")],
            },
        ),
    ]
