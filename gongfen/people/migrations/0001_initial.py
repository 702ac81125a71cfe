import django.db.models.deletion
from django.db import migrations, models

import gongfen.people.models
import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Village",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, default="", max_length=60)),
                ("subject", models.BigIntegerField(default=gongfen.town.ids.new_subject)),
                ("notice_days", models.SmallIntegerField(default=7)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "name"), name="village_name"),
                    models.UniqueConstraint(fields=("town", "subject"), name="village_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("notice_days__gte", 1), ("notice_days__lte", 60)), name="village_notice"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "village",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="people.village"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "village", "name"), name="group_name")],
            },
        ),
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                (
                    "group",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="households", to="people.group"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="households", to="people.village"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "village", "number"), name="household_number")],
            },
        ),
        migrations.CreateModel(
            name="Resident",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("nickname", models.CharField(blank=True, default="", max_length=30)),
                ("subject", models.BigIntegerField(default=gongfen.town.ids.new_subject)),
                ("salt", models.BinaryField(default=gongfen.people.models.new_salt, max_length=16)),
                (
                    "age_band",
                    models.CharField(
                        choices=[("under_14", "Under 14"), ("youth", "Youth"), ("adult", "Adult"), ("elder", "Elder")],
                        default="adult",
                        max_length=10,
                    ),
                ),
                ("is_head", models.BooleanField(default=False)),
                ("counts_as_head", models.BooleanField(default=True)),
                ("has_phone", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "group",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="residents", to="people.group"
                    ),
                ),
                (
                    "guardian",
                    gongfen.town.models.TownKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wards",
                        to="people.resident",
                    ),
                ),
                (
                    "household",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="residents", to="people.household"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="residents", to="people.village"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "village", "name"], name="resident_by_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "subject"), name="resident_subject"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_head", True), ("left_at", None)),
                        fields=("town", "household"),
                        name="household_one_head",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("organiser", "Organiser"),
                            ("reviewer", "Reviewer"),
                            ("clerk", "Clerk"),
                            ("treasurer", "Treasurer"),
                            ("supervisor", "Supervisor"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=12,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="people.resident"
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to="people.village",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "village", "role"], name="role_of_village")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("town", "resident", "role", "village"),
                        name="role_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("village", None)),
                        fields=("town", "resident", "role"),
                        name="town_role_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("household_number", models.CharField(max_length=20)),
                (
                    "age_band",
                    models.CharField(
                        choices=[("under_14", "Under 14"), ("youth", "Youth"), ("adult", "Adult"), ("elder", "Elder")],
                        default="adult",
                        max_length=10,
                    ),
                ),
                ("secret_hash", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("confirmed", "Confirmed"), ("refused", "Refused")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.BigIntegerField(null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.resident",
                    ),
                ),
                (
                    "village",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="join_requests", to="people.village"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JoinCode",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code_hash", models.BinaryField(max_length=32)),
                ("made_by", models.BigIntegerField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="join_codes", to="people.resident"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code_hash",), name="join_code")],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32)),
                ("label", models.CharField(blank=True, default="", max_length=60)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="people.resident"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("token_hash",), name="device_token")],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("invitations", "Invitations"),
                            ("wechat_messages", "Wechat Messages"),
                            ("name_in_public", "Name In Public"),
                            ("photos", "Photos"),
                        ],
                        max_length=20,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "resident",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="people.resident"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("town", "resident", "purpose"),
                        name="consent_once",
                    )
                ],
            },
        ),
    ]
