"""Indexes that hold all that the reading room counts, so that it reads no wide row to count."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("store", "0003_room"),)

    operations = [
        migrations.RemoveIndex(model_name="event", name="event_glance"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=[
                    "rejected",
                    "countries",
                    "start",
                    "kind",
                    "modality",
                    "origins_most",
                    "contested",
                    "accepted",
                    "since",
                    "end",
                    "id",
                ],
                name="event_counts",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["family", "written", "claim_contradicted"], name="report_counts"),
        ),
        migrations.AddIndex(model_name="report", index=models.Index(fields=["added"], name="report_added")),
        migrations.AddIndex(
            model_name="report", index=models.Index(fields=["written", "id"], name="report_written_id")
        ),
        migrations.AddIndex(
            model_name="mention", index=models.Index(fields=["report", "event"], name="mention_report_event")
        ),
    ]
