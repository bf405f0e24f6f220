"""The tables of a record. One schema for SQLite and PostgreSQL; the names are what a reader of the file sees.

Import this only after `communique.store.setup.prepare()`. Ids are digests of content, never counters, and are never
reused. What a text says (reports, mentions, statements) is written once; events are a view of mentions and are
computed anew when a group is touched; what people assert (corrections) is kept apart from both.
"""

from __future__ import annotations

from django.db import models

ID = 64


class Run(models.Model):
    """One call that added to the record: what was asked, when, and how it ended. A run without an end was killed."""

    id = models.CharField(primary_key=True, max_length=ID)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    what = models.TextField()
    coder = models.TextField(default="")
    added = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    failures = models.JSONField(default=list)

    class Meta:
        app_label = "store"
        db_table = "run"


class Report(models.Model):
    """One text. `text` is empty in a record kept without texts; spans then wait for whoever holds the text.

    `coding` is what the coder found, save the events: those are the `coded` of the report's mentions.
    """

    id = models.CharField(primary_key=True, max_length=ID)
    number = models.BigIntegerField()  # the beginning of the id as a number; short, and not quite unique
    text_sha256 = models.CharField(max_length=64, db_index=True)
    title = models.TextField(null=True)
    text = models.TextField(null=True)
    words = models.IntegerField(default=0)
    sequences = models.IntegerField(default=0)  # sampled four-word sequences in the fingerprint
    language = models.CharField(max_length=12, null=True)
    published = models.CharField(max_length=40, null=True)
    publisher = models.TextField(null=True)
    agency = models.TextField(null=True)
    section = models.TextField(null=True)
    written = models.DateField(null=True, db_index=True)
    written_earliest = models.DateField(null=True)
    written_latest = models.DateField(null=True)
    dated = models.BooleanField(default=False)  # the day of writing stands in the text
    claim_contradicted = models.BooleanField(default=False)
    family = models.CharField(max_length=ID, db_index=True)
    coder = models.CharField(max_length=200)
    coding = models.JSONField()
    fingerprint = models.BinaryField()
    added = models.DateTimeField()
    run = models.ForeignKey(Run, models.PROTECT, db_column="run")

    class Meta:
        app_label = "store"
        db_table = "report"
        indexes = (
            models.Index(fields=["number", "sequences", "id"], name="report_number"),
            models.Index(fields=["family", "written", "claim_contradicted"], name="report_counts"),
            models.Index(fields=["added"], name="report_added"),
            models.Index(fields=["written", "id"], name="report_written_id"),
        )


class Sighting(models.Model):
    """One place where a text was found: a page, a row, an archive's record, with what that page claims."""

    id = models.CharField(primary_key=True, max_length=ID)
    report = models.ForeignKey(Report, models.CASCADE, db_column="report", related_name="sightings")
    path = models.TextField(null=True)
    record = models.TextField(null=True)
    url = models.TextField(null=True)
    publisher = models.TextField(null=True)
    published = models.CharField(max_length=40, null=True)

    class Meta:
        app_label = "store"
        db_table = "sighting"


class Shingle(models.Model):
    """A sampled four-word sequence of a report, to find copies. `report` is the report's `number`.

    By far the longest table: a row is two numbers, kept in the order in which they are looked up.
    """

    pk = models.CompositePrimaryKey("hash", "report")
    hash = models.BigIntegerField()
    report = models.BigIntegerField()

    class Meta:
        app_label = "store"
        db_table = "shingle"


class CopyLink(models.Model):
    """`part` is contained in `whole` by `share` of its sequences."""

    id = models.CharField(primary_key=True, max_length=2 * ID + 1)
    part = models.ForeignKey(Report, models.CASCADE, db_column="part", related_name="+")
    whole = models.ForeignKey(Report, models.CASCADE, db_column="whole", related_name="+")
    share = models.FloatField()
    how = models.CharField(max_length=10)

    class Meta:
        app_label = "store"
        db_table = "copy_link"


class Event(models.Model):
    """One happening: the view of its mentions. `account` holds every field's values with who gives them."""

    id = models.CharField(primary_key=True, max_length=ID)
    type = models.CharField(max_length=20, null=True)
    kind = models.CharField(max_length=60, db_index=True)
    cameo = models.CharField(max_length=8, null=True)
    modality = models.CharField(max_length=20, db_index=True)
    start = models.DateField(null=True, db_index=True)
    end = models.DateField(null=True)
    place = models.TextField(null=True)
    place_country = models.CharField(max_length=3, null=True)
    instrument = models.TextField(null=True)
    who = models.TextField(default="")
    countries = models.CharField(max_length=400, default="")
    reports = models.IntegerField(default=0)
    origins_least = models.IntegerField(default=0)
    origins_most = models.IntegerField(default=0)
    contested = models.CharField(max_length=200, default="")
    rejected = models.BooleanField(default=False)
    accepted = models.BooleanField(default=False)
    candidates = models.TextField(default="")
    account = models.JSONField()
    changed = models.DateTimeField(db_index=True)
    since = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "store"
        db_table = "event"
        indexes = (
            # what the reading room counts and sorts by, so that it reads no wide row to count
            models.Index(
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
            models.Index(fields=["since", "start"], name="event_since"),
        )


class EventCountry(models.Model):
    """A country that takes part in an event; dossiers and dyads read this."""

    event = models.ForeignKey(Event, models.CASCADE, db_column="event")
    country = models.CharField(max_length=3)

    class Meta:
        app_label = "store"
        db_table = "event_country"
        indexes = (models.Index(fields=["country", "event"], name="event_country_country"),)


class Mention(models.Model):
    """A coded event of one report, as it is compared (`said`) and as it was coded (`coded`); `position` counts them."""

    id = models.CharField(primary_key=True, max_length=ID)
    report = models.ForeignKey(Report, models.CASCADE, db_column="report", related_name="mentions")
    event = models.CharField(max_length=ID, null=True, db_index=True)
    vague = models.BooleanField(default=False)
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    sentence = models.CharField(max_length=ID, null=True, db_index=True)
    sentence_start = models.IntegerField()
    sentence_end = models.IntegerField()
    trigger_start = models.IntegerField()
    trigger_end = models.IntegerField()
    said = models.JSONField()
    coded = models.JSONField()

    class Meta:
        app_label = "store"
        db_table = "mention"
        indexes = (models.Index(fields=["report", "event"], name="mention_report_event"),)


class MentionKey(models.Model):
    """A blocking key of a mention with the days (ordinals) in reach; both empty where nothing bounds them.

    `size` is the class of the reach's length, so that a look-up by days reads a bounded part of the index.
    """

    mention = models.ForeignKey(Mention, models.CASCADE, db_column="mention")
    key = models.CharField(max_length=200)
    first = models.IntegerField(null=True)
    last = models.IntegerField(null=True)
    size = models.SmallIntegerField()

    class Meta:
        app_label = "store"
        db_table = "mention_key"
        indexes = (models.Index(fields=["key", "size", "first"], name="mention_key_key"),)


class Lineage(models.Model):
    """An event's id that is no more, and what took its place, if anything did. Old ids resolve through this."""

    old = models.CharField(max_length=ID, db_index=True)
    new = models.CharField(max_length=ID, null=True)
    at = models.DateTimeField()
    run = models.CharField(max_length=ID, null=True)

    class Meta:
        app_label = "store"
        db_table = "lineage"


class PersonMention(models.Model):
    """A person as one report has them."""

    id = models.CharField(primary_key=True, max_length=ID)
    report = models.ForeignKey(Report, models.CASCADE, db_column="report")
    name = models.TextField()
    country = models.CharField(max_length=3, null=True, db_index=True)
    offices = models.JSONField(default=list)

    class Meta:
        app_label = "store"
        db_table = "person_mention"


class InstrumentMention(models.Model):
    """An agreement, mechanism, themed year ... as one report has it."""

    id = models.CharField(primary_key=True, max_length=ID)
    report = models.ForeignKey(Report, models.CASCADE, db_column="report")
    kind = models.CharField(max_length=40)
    name = models.TextField()
    parties = models.CharField(max_length=400, default="")
    status = models.CharField(max_length=20)
    since = models.DateField(null=True)
    sentence_start = models.IntegerField()
    sentence_end = models.IntegerField()

    class Meta:
        app_label = "store"
        db_table = "instrument_mention"


class Statement(models.Model):
    """Who said what, in which words of the report."""

    id = models.CharField(primary_key=True, max_length=ID)
    report = models.ForeignKey(Report, models.CASCADE, db_column="report")
    act = models.CharField(max_length=20)
    speaker = models.TextField(null=True)
    country = models.CharField(max_length=3, null=True, db_index=True)
    medium = models.CharField(max_length=20)
    direct = models.BooleanField()
    day = models.DateField(null=True)
    content = models.JSONField(default=list)

    class Meta:
        app_label = "store"
        db_table = "statement"


class Note(models.Model):
    """What a reader wrote beside a report. `span` are characters of its text; None is about the whole.

    `report` is a plain id: a note outlives a report that is taken out and coded again.
    """

    id = models.CharField(primary_key=True, max_length=ID)
    report = models.CharField(max_length=ID, db_index=True)
    span = models.JSONField(null=True)
    text = models.TextField()
    author = models.TextField()
    at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        app_label = "store"
        db_table = "note"


class Correction(models.Model):
    """What a person asserts of the record. Never edited; laid over the coder's output when the record is read.

    `what` is accept, reject, edit, merge, split or add (an event that was missed; `value` has it as JSON). `targets`
    are named by content (report, sentence digest, kind, trigger) with the mention's id as a second key, so that a
    correction finds its mention again after re-coding. `field` and `value` belong to an edit.
    """

    id = models.CharField(primary_key=True, max_length=ID)
    what = models.CharField(max_length=10)
    targets = models.JSONField()
    field = models.CharField(max_length=40, null=True)
    value = models.TextField(null=True)
    author = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField(default="")
    withdrawn = models.BooleanField(default=False)

    class Meta:
        app_label = "store"
        db_table = "correction"
