from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_review_rules_wish"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="metres",
            field=models.IntegerField(null=True),
        ),
    ]
