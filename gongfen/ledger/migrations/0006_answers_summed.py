from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_closes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="daysum",
            name="what",
            field=models.CharField(
                choices=[("award", "award"), ("take", "take"), ("give_back", "give_back"), ("answer", "answer")],
                max_length=10,
            ),
        ),
    ]
