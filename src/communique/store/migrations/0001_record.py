"""The tables as they first were."""

# ruff: noqa: RUF012

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def make_shingles(apps: Any, editor: Any) -> None:
    """SQLite keeps the rows in the index itself, which Django's own table would not: a third of the space."""
    end = " WITHOUT ROWID" if editor.connection.vendor == "sqlite" else ""
    editor.execute(
        f"CREATE TABLE shingle (hash bigint NOT NULL, report bigint NOT NULL, PRIMARY KEY (hash, report)){end}"
    )


def drop_shingles(apps: Any, editor: Any) -> None:
    editor.execute("DROP TABLE shingle")


class Migration(migrations.Migration):
    initial = True

    dependencies: tuple[()] = ()

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=10)),
                ("targets", models.JSONField()),
                ("field", models.CharField(max_length=40, null=True)),
                ("value", models.TextField(null=True)),
                ("author", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(default="")),
                ("withdrawn", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "correction",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=20, null=True)),
                ("kind", models.CharField(db_index=True, max_length=60)),
                ("cameo", models.CharField(max_length=8, null=True)),
                ("modality", models.CharField(db_index=True, max_length=20)),
                ("start", models.DateField(db_index=True, null=True)),
                ("end", models.DateField(null=True)),
                ("place", models.TextField(null=True)),
                ("place_country", models.CharField(max_length=3, null=True)),
                ("instrument", models.TextField(null=True)),
                ("who", models.TextField(default="")),
                ("countries", models.CharField(default="", max_length=400)),
                ("reports", models.IntegerField(default=0)),
                ("origins_least", models.IntegerField(default=0)),
                ("origins_most", models.IntegerField(default=0)),
                ("contested", models.CharField(default="", max_length=200)),
                ("rejected", models.BooleanField(default=False)),
                ("accepted", models.BooleanField(default=False)),
                ("candidates", models.TextField(default="")),
                ("account", models.JSONField()),
                ("changed", models.DateTimeField(db_index=True)),
                ("since", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "event",
            },
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old", models.CharField(db_index=True, max_length=64)),
                ("new", models.CharField(max_length=64, null=True)),
                ("at", models.DateTimeField()),
                ("run", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "lineage",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("text_sha256", models.CharField(db_index=True, max_length=64)),
                ("title", models.TextField(null=True)),
                ("text", models.TextField(null=True)),
                ("words", models.IntegerField(default=0)),
                ("sequences", models.IntegerField(default=0)),
                ("language", models.CharField(max_length=12, null=True)),
                ("published", models.CharField(max_length=40, null=True)),
                ("publisher", models.TextField(null=True)),
                ("agency", models.TextField(null=True)),
                ("section", models.TextField(null=True)),
                ("written", models.DateField(db_index=True, null=True)),
                ("written_earliest", models.DateField(null=True)),
                ("written_latest", models.DateField(null=True)),
                ("dated", models.BooleanField(default=False)),
                ("claim_contradicted", models.BooleanField(default=False)),
                ("family", models.CharField(db_index=True, max_length=64)),
                ("coder", models.CharField(max_length=200)),
                ("coding", models.JSONField()),
                ("fingerprint", models.BinaryField()),
                ("added", models.DateTimeField()),
            ],
            options={
                "db_table": "report",
                "indexes": [models.Index(fields=["number", "sequences", "id"], name="report_number")],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("began", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("what", models.TextField()),
                ("coder", models.TextField(default="")),
                ("added", models.IntegerField(default=0)),
                ("skipped", models.IntegerField(default=0)),
                ("failures", models.JSONField(default=list)),
            ],
            options={
                "db_table": "run",
            },
        ),
        migrations.CreateModel(
            name="PersonMention",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("country", models.CharField(db_index=True, max_length=3, null=True)),
                ("offices", models.JSONField(default=list)),
                (
                    "report",
                    models.ForeignKey(
                        db_column="report", on_delete=django.db.models.deletion.CASCADE, to="store.report"
                    ),
                ),
            ],
            options={
                "db_table": "person_mention",
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("event", models.CharField(db_index=True, max_length=64, null=True)),
                ("vague", models.BooleanField(default=False)),
                ("position", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("sentence", models.CharField(db_index=True, max_length=64, null=True)),
                ("sentence_start", models.IntegerField()),
                ("sentence_end", models.IntegerField()),
                ("trigger_start", models.IntegerField()),
                ("trigger_end", models.IntegerField()),
                ("said", models.JSONField()),
                ("coded", models.JSONField()),
                (
                    "report",
                    models.ForeignKey(
                        db_column="report",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="store.report",
                    ),
                ),
            ],
            options={
                "db_table": "mention",
            },
        ),
        migrations.CreateModel(
            name="InstrumentMention",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.TextField()),
                ("parties", models.CharField(default="", max_length=400)),
                ("status", models.CharField(max_length=20)),
                ("since", models.DateField(null=True)),
                ("sentence_start", models.IntegerField()),
                ("sentence_end", models.IntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        db_column="report", on_delete=django.db.models.deletion.CASCADE, to="store.report"
                    ),
                ),
            ],
            options={
                "db_table": "instrument_mention",
            },
        ),
        migrations.CreateModel(
            name="CopyLink",
            fields=[
                ("id", models.CharField(max_length=129, primary_key=True, serialize=False)),
                ("share", models.FloatField()),
                ("how", models.CharField(max_length=10)),
                (
                    "part",
                    models.ForeignKey(
                        db_column="part",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.report",
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        db_column="whole",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.report",
                    ),
                ),
            ],
            options={
                "db_table": "copy_link",
            },
        ),
        migrations.AddField(
            model_name="report",
            name="run",
            field=models.ForeignKey(db_column="run", on_delete=django.db.models.deletion.PROTECT, to="store.run"),
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("path", models.TextField(null=True)),
                ("record", models.TextField(null=True)),
                ("url", models.TextField(null=True)),
                ("publisher", models.TextField(null=True)),
                ("published", models.CharField(max_length=40, null=True)),
                (
                    "report",
                    models.ForeignKey(
                        db_column="report",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sightings",
                        to="store.report",
                    ),
                ),
            ],
            options={
                "db_table": "sighting",
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("act", models.CharField(max_length=20)),
                ("speaker", models.TextField(null=True)),
                ("country", models.CharField(db_index=True, max_length=3, null=True)),
                ("medium", models.CharField(max_length=20)),
                ("direct", models.BooleanField()),
                ("day", models.DateField(null=True)),
                ("content", models.JSONField(default=list)),
                (
                    "report",
                    models.ForeignKey(
                        db_column="report", on_delete=django.db.models.deletion.CASCADE, to="store.report"
                    ),
                ),
            ],
            options={
                "db_table": "statement",
            },
        ),
        migrations.CreateModel(
            name="EventCountry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=3)),
                (
                    "event",
                    models.ForeignKey(db_column="event", on_delete=django.db.models.deletion.CASCADE, to="store.event"),
                ),
            ],
            options={
                "db_table": "event_country",
                "indexes": [models.Index(fields=["country", "event"], name="event_country_country")],
            },
        ),
        migrations.CreateModel(
            name="MentionKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("first", models.IntegerField(null=True)),
                ("last", models.IntegerField(null=True)),
                ("size", models.SmallIntegerField()),
                (
                    "mention",
                    models.ForeignKey(
                        db_column="mention", on_delete=django.db.models.deletion.CASCADE, to="store.mention"
                    ),
                ),
            ],
            options={
                "db_table": "mention_key",
                "indexes": [models.Index(fields=["key", "size", "first"], name="mention_key_key")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_shingles, drop_shingles)],
            state_operations=[
                migrations.CreateModel(
                    name="Shingle",
                    fields=[
                        ("pk", models.CompositePrimaryKey("hash", "report", primary_key=True, serialize=False)),
                        ("hash", models.BigIntegerField()),
                        ("report", models.BigIntegerField()),
                    ],
                    options={"db_table": "shingle"},
                ),
            ],
        ),
    ]
