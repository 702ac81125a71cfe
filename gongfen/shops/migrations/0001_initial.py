import django.db.models.deletion
from django.db import migrations, models

import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0002_award_of"),
        ("people", "0003_staff_accounts"),
        ("town", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Helper",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day_limit", models.BigIntegerField()),
                ("until", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("spent_on", models.DateField(null=True)),
                ("day_spent", models.BigIntegerField(default=0)),
                (
                    "helper",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.resident"
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
                "indexes": [models.Index(fields=["town", "helper"], name="helper_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("resident", models.F("helper")), _negated=True), name="helper_another"
                    ),
                    models.CheckConstraint(condition=models.Q(("day_limit__gt", 0)), name="helper_limit"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("town", "resident", "helper"),
                        name="helper_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merchant",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.BigIntegerField(default=gongfen.town.ids.new_subject, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, default="", max_length=60)),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("hours", models.JSONField(default=list)),
                ("payee", models.CharField(blank=True, default="", max_length=60)),
                ("sealed_account", models.BinaryField(default=bytes)),
                ("listed", models.BooleanField(default=False)),
                ("listed_at", models.DateTimeField(null=True)),
                ("pin_hash", models.CharField(blank=True, default="", max_length=120)),
                ("pin_tries", models.SmallIntegerField(default=0)),
                (
                    "owner",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
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
                "indexes": [models.Index(fields=["town", "owner"], name="merchant_owner")],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, default="", max_length=60)),
                ("price", models.BigIntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "merchant",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="shops.merchant"
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
                "constraints": [models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="offer_price")],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "Prepared"), ("approved", "Approved"), ("out", "Out"), ("done", "Done")],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.act"
                    ),
                ),
                (
                    "approved_by",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "prepared_by",
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
                (
                    "village",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.village"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("prepared_by", models.F("approved_by")), _negated=True),
                        name="settlement_two_people",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=40)),
                ("money", models.BigIntegerField()),
                ("payee", models.CharField(max_length=60)),
                ("sealed_account", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("in_transit", "In Transit"),
                            ("paid", "Paid"),
                            ("bounced", "Bounced"),
                            ("taken_back", "Taken Back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("file", models.SmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                (
                    "merchant",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="shops.merchant"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "settlement",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="shops.settlement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "reference"), name="payout_reference"),
                    models.UniqueConstraint(fields=("town", "settlement", "merchant"), name="payout_once"),
                    models.CheckConstraint(condition=models.Q(("money__gt", 0)), name="payout_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MerchantDay",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("closed", "closed"),
                            ("in_settlement", "in_settlement"),
                            ("approved", "approved"),
                            ("in_transit", "in_transit"),
                            ("paid", "paid"),
                        ],
                        default="open",
                        max_length=14,
                    ),
                ),
                (
                    "merchant",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days", to="shops.merchant"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
                (
                    "payout",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="days", to="shops.payout"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["town", "state", "day"], name="merchant_day_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "merchant", "day"), name="merchant_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "closed"]), ("payout__isnull", False), _connector="OR"
                        ),
                        name="merchant_day_payout",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField()),
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
                    "town",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="town.town"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town", "device"), name="secret_of_device")],
            },
        ),
        migrations.CreateModel(
            name="Handle",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digits", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
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
                    "helper",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.helper"
                    ),
                ),
                (
                    "secret",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="shops.secret"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("town", "digits"), name="handle_once"),
                    models.CheckConstraint(
                        condition=models.Q(("digits__gte", 0), ("digits__lt", 100000000000)), name="handle_digits"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("payment_limit", models.BigIntegerField(null=True)),
                ("day_limit", models.BigIntegerField(null=True)),
                ("week_limit", models.BigIntegerField(null=True)),
                ("month_limit", models.BigIntegerField(null=True)),
                ("confirm_above", models.BigIntegerField(null=True)),
                ("on", models.DateField()),
                ("day", models.BigIntegerField(default=0)),
                ("week", models.BigIntegerField(default=0)),
                ("month", models.BigIntegerField(default=0)),
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
                "constraints": [models.UniqueConstraint(fields=("town", "resident"), name="spending_of")],
            },
        ),
        migrations.CreateModel(
            name="Till",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("label", models.CharField(max_length=40)),
                ("refund_limit", models.BigIntegerField(default=0)),
                ("payment_limit", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("unlocked_until", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("slow_until", models.DateTimeField(null=True)),
                (
                    "merchant",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tills", to="shops.merchant"
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
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("code", "Code"), ("sign", "Sign"), ("card", "Card"), ("hand", "Hand")], max_length=4
                    ),
                ),
                ("money", models.BigIntegerField()),
                ("second_money", models.BigIntegerField(default=0)),
                ("redeemed", models.BigIntegerField(default=0)),
                ("refunded", models.BigIntegerField(default=0)),
                ("own_household", models.BooleanField(default=False)),
                ("paid_at", models.DateTimeField()),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.act"
                    ),
                ),
                (
                    "day",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="shops.merchantday"
                    ),
                ),
                (
                    "helper",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shops.helper",
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
                    "second",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        null=True,
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
                    "till",
                    gongfen.town.models.TownKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shops.till",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town", "resident", "act"], name="payment_resident"),
                    models.Index(
                        condition=models.Q(("second__isnull", False)),
                        fields=["town", "second", "act"],
                        name="payment_second",
                    ),
                    models.Index(
                        condition=models.Q(("own_household", True)), fields=["town", "paid_at"], name="payment_own"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "act"), name="payment_of_act"),
                    models.CheckConstraint(condition=models.Q(("money__gt", 0)), name="payment_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("refunded__gte", 0), ("refunded__lte", models.F("money"))),
                        name="payment_refunded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("second_money__gte", 0), ("second_money__lt", models.F("money"))),
                        name="payment_second",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("money", models.BigIntegerField()),
                ("redeemed", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("paid", "Paid"), ("refused", "Refused"), ("expired", "Expired")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("paid_by", models.BigIntegerField(null=True)),
                (
                    "act",
                    gongfen.town.models.TownKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.act"
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
                (
                    "helper",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.helper"
                    ),
                ),
                (
                    "merchant",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.merchant"
                    ),
                ),
                (
                    "till",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.till"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["town", "expires_at"], name="confirmation_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("town", "act"), name="confirmation_of_act"),
                    models.CheckConstraint(condition=models.Q(("money__gt", 0)), name="confirmation_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("merchant.list", "List Merchant"),
                            ("merchant.unlist", "Unlist Merchant"),
                            ("merchant.clear_pin", "Clear Pin"),
                            ("payment.by_hand", "Pay By Hand"),
                            ("card.make", "Make Card"),
                            ("card.unlock", "Unlock Card"),
                            ("payout.take_back", "Take Back Payout"),
                        ],
                        max_length=20,
                    ),
                ),
                ("row", models.BigIntegerField()),
                ("wish", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("approved", "Approved"), ("turned_down", "Turned Down")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    gongfen.town.models.TownKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
                    ),
                ),
                (
                    "decided_by",
                    gongfen.town.models.TownKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
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
                "indexes": [models.Index(fields=["town", "state"], name="asking_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_by", models.F("decided_by")), _negated=True),
                        name="asking_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("decided_by__isnull", False), _connector="OR"),
                        name="asking_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.next_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id_hash", models.BinaryField(max_length=32, unique=True)),
                ("pin_hash", models.CharField(blank=True, default="", max_length=120)),
                ("tries", models.SmallIntegerField(default=0)),
                ("unlocks", models.SmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "New"), ("active", "Active"), ("locked", "Locked"), ("dead", "Dead")],
                        default="new",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "dead"), _negated=True),
                        fields=("town", "resident"),
                        name="card_one_alive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "active"), _negated=True),
                            models.Q(("pin_hash", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="card_active_has_pin",
                    ),
                ],
            },
        ),
    ]
