"""Notes of readers; indexes that the reading room's counts read in place of the wide rows."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("store", "0002_search"),)

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("report", models.CharField(db_index=True, max_length=64)),
                ("span", models.JSONField(null=True)),
                ("text", models.TextField()),
                ("author", models.TextField()),
                ("at", models.DateTimeField()),
                ("withdrawn", models.BooleanField(default=False)),
            ],
            options={"db_table": "note"},
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["rejected", "countries", "start", "kind", "modality", "origins_most"], name="event_glance"
            ),
        ),
        migrations.AddIndex(model_name="event", index=models.Index(fields=["since", "start"], name="event_since")),
    ]
