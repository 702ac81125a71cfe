import django.db.models.deletion
from django.db import migrations, models

import gongfen.town.ids
import gongfen.town.models


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_second_look_kinds"), ("town", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SlipPile",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=gongfen.town.ids.random_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("count", models.SmallIntegerField()),
                ("typed_by", models.BigIntegerField()),
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
                "constraints": [models.UniqueConstraint(fields=("town", "survey"), name="slip_pile_one")],
            },
        ),
    ]
