"""The tables as they first were."""

# ruff: noqa: RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: tuple[()] = ()

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[("reader", "reader"), ("reviewer", "reviewer"), ("editor", "editor")],
                        default="reader",
                        max_length=10,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("visited", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "room_account",
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("who", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=40)),
                ("target", models.CharField(default="", max_length=400)),
                ("detail", models.TextField(default="")),
                ("address", models.CharField(default="", max_length=60)),
            ],
            options={
                "db_table": "room_deed",
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=600, unique=True)),
                ("named_by", models.CharField(max_length=60)),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("fetched", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "room_feed",
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField()),
                ("who", models.CharField(max_length=60)),
                ("began", models.DateTimeField(auto_now_add=True)),
                ("ended", models.DateTimeField(null=True)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("said", models.TextField(default="")),
            ],
            options={
                "db_table": "room_job",
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.TextField()),
            ],
            options={
                "db_table": "room_kept",
            },
        ),
        migrations.CreateModel(
            name="Opened",
            fields=[
                ("report", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "room_opened",
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("count", models.IntegerField(default=0)),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "room_tally",
            },
        ),
    ]
