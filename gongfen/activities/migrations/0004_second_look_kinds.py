from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_activity_metres")]

    operations = [
        migrations.AddField(
            model_name=name, name="second_look_kinds", field=models.CharField(default="", max_length=200)
        )
        for name in ("reviewrules", "reviewruleswish")
    ]
