"""Search in the texts: FTS5 on SQLite, tsvector on PostgreSQL. Both follow the table `report` by themselves."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE report_search USING fts5(report UNINDEXED, title, text, tokenize='porter unicode61')",
    "CREATE TRIGGER report_search_add AFTER INSERT ON report WHEN new.text IS NOT NULL BEGIN "
    "INSERT INTO report_search (report, title, text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER report_search_drop AFTER DELETE ON report BEGIN "
    "DELETE FROM report_search WHERE report = old.id; END",
    "CREATE TRIGGER report_search_change AFTER UPDATE OF title, text ON report BEGIN "
    "DELETE FROM report_search WHERE report = old.id; "
    "INSERT INTO report_search (report, title, text) "
    "SELECT new.id, new.title, new.text WHERE new.text IS NOT NULL; END",
)
POSTGRESQL = (
    "ALTER TABLE report ADD COLUMN search tsvector GENERATED ALWAYS AS "
    "(to_tsvector('english', coalesce(title, '') || ' ' || coalesce(text, ''))) STORED",
    "CREATE INDEX report_search ON report USING gin (search)",
)


def forwards(apps: Any, editor: Any) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def backwards(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        for name in ("add", "drop", "change"):
            editor.execute(f"DROP TRIGGER report_search_{name}")
        editor.execute("DROP TABLE report_search")
    else:
        editor.execute("ALTER TABLE report DROP COLUMN search")


class Migration(migrations.Migration):
    dependencies = (("store", "0001_record"),)
    operations = (migrations.RunPython(forwards, backwards),)
