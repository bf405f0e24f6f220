"""What can be asked of the reports of a record: what was read, which are copies, which tell one story, where words are.

Answers are plain dictionaries like those of `communique.store.queries`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connections
from django.db.models import Count

from communique.errors import RecordError
from communique.merging.copies import Page, as_family
from communique.merging.stories import Telling, find_stories
from communique.store import models, sql

QUERIES = frozenset("coverage runs copies stories search sentences".split())
Row = dict[str, Any]
SILENCE = 7  # days without a report that are called a silence
MOST_TOLD = 3000  # reports that are parted into stories at once: all are compared with all


# --- what was read --------------------------------------------------------------------------------------------------


def coverage(alias: str) -> Row:
    """What was read: reports by month of writing and by publisher, those without a day, months and days without one."""
    days: Counter[date] = Counter()
    publishers: Counter[str] = Counter()
    undated = 0
    rows = models.Report.objects.using(alias).values_list("written", "publisher")
    for written, publisher in rows.iterator():
        publishers[publisher or ""] += 1
        if written is None:
            undated += 1
        else:
            days[written] += 1
    months: Counter[str] = Counter()
    for day, n in days.items():
        months[day.isoformat()[:7]] += n
    return {
        "reports": sum(publishers.values()),
        "families": models.Report.objects.using(alias).values("family").distinct().count(),
        "events": models.Event.objects.using(alias).filter(rejected=False).count(),
        "without_day": undated,
        "without_text": models.Report.objects.using(alias).filter(text=None).count(),
        "first": iso(min(days, default=None)),
        "last": iso(max(days, default=None)),
        "months": [{"month": month, "reports": months[month]} for month in sorted(months)],
        "gaps": [month for month in _all_months(months) if month not in months],
        "silences": _silences(days),
        "publishers": [{"publisher": p or None, "reports": n} for p, n in publishers.most_common()],
        "runs": runs(alias),
        "unfinished_runs": list(
            models.Run.objects.using(alias).filter(ended__isnull=True).order_by("began").values_list("id", flat=True)
        ),
    }


def _silences(days: Iterable[date]) -> list[Row]:
    """The stretches of at least `SILENCE` days between reports on which none was written."""
    found = []
    ordered = sorted(days)
    for before, after in itertools.pairwise(ordered):
        if (after - before).days > SILENCE:
            first, last = before + timedelta(days=1), after - timedelta(days=1)
            found.append({"first": iso(first), "last": iso(last), "days": (last - first).days + 1})
    return found


def _all_months(months: Iterable[str]) -> list[str]:
    known = sorted(months)
    if not known:
        return []
    day, found = date.fromisoformat(known[0] + "-01"), []
    while day.isoformat()[:7] <= known[-1]:
        found.append(day.isoformat()[:7])
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def runs(alias: str) -> list[Row]:
    """The calls that added to the record, latest first."""
    return [
        {"id": row.id, "began": iso(row.began), "ended": iso(row.ended), "what": row.what, "coder": row.coder,
         "added": row.added, "skipped": row.skipped}
        for row in models.Run.objects.using(alias).order_by("-began", "id")
    ]  # fmt: skip


# --- copies ---------------------------------------------------------------------------------------------------------


def copies(alias: str, *, report: str | None = None, limit: int | None = None) -> list[Row]:
    """The families of copies, largest first: the probable origin and why, and what each copy claims of its day.

    Of one report's family alone, if `report` is given; then also where it has no other member.
    """
    rows = models.Report.objects.using(alias)
    if report is not None:
        families = list(rows.filter(id=report).values_list("family", flat=True))
        if not families:
            raise RecordError(f"the record has no report {report}.")
    else:
        counted = rows.values("family").annotate(n=Count("id")).filter(n__gt=1).order_by("-n", "family")
        families = list(counted.values_list("family", flat=True)[: limit or None])
    return [_family(alias, family) for family in families]


_PAGE = ("id", "words", "title", "publisher", "agency", "section", "written", "written_latest", "published",
         "claim_contradicted")  # fmt: skip


def _family(alias: str, key: str) -> Row:
    rows = {row["id"]: row for row in models.Report.objects.using(alias).filter(family=key).values(*_PAGE)}
    pages = {
        key: Page(
            key, row["words"], row["agency"], row["publisher"], row["written"], row["written_latest"],
            day_of(row["published"]), row["claim_contradicted"],
        )
        for key, row in rows.items()
    }  # fmt: skip
    links = {key: row for row in _links(alias, rows) for key in (row["part"], row["whole"])}
    family = as_family([pages[key] for key in sorted(pages)])
    ordered = sorted(pages.values(), key=lambda p: (p.id != family.origin, p.written or p.claimed or date.max, p.id))
    return {
        "family": family.id,
        "origin": family.origin,
        "source": family.source,
        "why": family.why,
        "earliest": iso(family.earliest),
        "claims": [{"day": iso(day), "reports": list(ids)} for day, ids in family.claims],
        "reports": [
            {
                "id": page.id,
                "title": rows[page.id]["title"],
                "publisher": page.publisher,
                "agency": page.agency,
                "section": rows[page.id]["section"],
                "words": page.words,
                "written": iso(page.written),
                "published": rows[page.id]["published"],
                "false": _why_false(page, family.earliest),
                "share": links[page.id]["share"] if page.id in links else None,
            }
            for page in ordered
        ],
    }


def _links(alias: str, reports: Iterable[str]) -> list[Row]:
    statement = "SELECT part, whole, share FROM copy_link WHERE how = 'copy' AND part IN {}"
    return [
        {"part": part, "whole": whole, "share": share}
        for part, whole, share in sorted(sql.select_in(alias, statement, reports), key=lambda row: row[2])
    ]


def days_of_families(alias: str, families: Iterable[str]) -> dict[str, date]:
    """Family of copies -> the day of writing of its best dated member: by its own text first, then the earliest."""
    found: dict[str, tuple[bool, str]] = {}
    statement = "SELECT family, dated, written FROM report WHERE written IS NOT NULL AND family IN {}"
    for family, dated, written in sql.select_in(alias, statement, families):
        day = (not dated, str(written))
        found[family] = min(day, found.get(family, day))
    return {family: date.fromisoformat(day) for family, (_, day) in found.items()}


def _why_false(page: Page, earliest: date | None) -> str | None:
    """Why the day that a page claims is not the day of writing; None when nothing speaks against it."""
    if page.claimed is None:
        return None
    if page.contradicted:
        return "its own text says otherwise"
    if earliest is not None and page.claimed > earliest + timedelta(days=1):
        return f"the text was there on {earliest.isoformat()}"
    return None


# --- stories --------------------------------------------------------------------------------------------------------


def stories(
    alias: str, *, countries: Sequence[str] = (), since: date | None = None, until: date | None = None
) -> list[Row]:
    """Reports that tell of the same happenings, the story with most reports first.

    `since` and `until` bound the day of writing; with `countries` only reports that tell of an event of all of them.
    Raises RecordError for more than `MOST_TOLD` reports: name countries or days.
    """
    rows = models.Report.objects.using(alias).exclude(text=None)
    if since:
        rows = rows.filter(written__gte=since)
    if until:
        rows = rows.filter(written__lte=until)
    for country in countries:
        told = models.EventCountry.objects.using(alias).filter(country=country.upper()).values("event")
        rows = rows.filter(id__in=models.Mention.objects.using(alias).filter(event__in=told).values("report"))
    if rows.count() > MOST_TOLD:
        raise RecordError(
            f"more than {MOST_TOLD:,} reports to part into stories. Name countries, or days with --since."
        )
    told_ = {row.id: row for row in rows.defer("fingerprint", "coding").order_by("id")}
    found = find_stories(
        Telling(
            row.id, row.title, row.text or "", concluded=row.written if row.dated else None,
            claimed=day_of(row.published) or row.written,
        )
        for row in told_.values()
    )  # fmt: skip
    groups: dict[str, list[models.Report]] = {}
    for key, story in found.items():
        groups.setdefault(story, []).append(told_[key])
    made = [_story_row(key, members) for key, members in groups.items()]
    return sorted(made, key=lambda row: (-row["families"], -row["reports"], row["first"] or "9999", row["story"]))


def _story_row(key: str, members: Sequence[models.Report]) -> Row:
    ordered = sorted(members, key=lambda r: (r.written or date.max, r.id))
    days = [r.written for r in members if r.written]
    return {
        "story": key,
        "title": next((r.title for r in ordered if r.title), None),
        "first": iso(min(days, default=None)),
        "last": iso(max(days, default=None)),
        "reports": len(members),
        "families": len({r.family for r in members}),
        "publishers": sorted({r.publisher for r in members if r.publisher}),
        "ids": [r.id for r in ordered],
    }


# --- words ----------------------------------------------------------------------------------------------------------


def search(alias: str, words: str, *, limit: int = 20) -> list[Row]:
    """Reports whose title or text has all the words, best first."""
    connection = connections[alias]
    terms = [word for word in "".join(c if c.isalnum() else " " for c in words).split() if word]
    if not terms:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT report FROM report_search WHERE report_search MATCH %s ORDER BY rank, report LIMIT %s",
                [" ".join(f'"{term}"' for term in terms), limit],
            )
        else:
            cursor.execute(
                "SELECT id FROM report WHERE search @@ plainto_tsquery('english', %s)"
                " ORDER BY ts_rank(search, plainto_tsquery('english', %s)) DESC, id LIMIT %s",
                [" ".join(terms), " ".join(terms), limit],
            )
        keys = [row[0] for row in cursor.fetchall()]
    rows = models.Report.objects.using(alias).in_bulk(keys)
    return [
        {"id": key, "title": rows[key].title, "publisher": rows[key].publisher, "written": iso(rows[key].written)}
        for key in keys
    ]


def sentences(alias: str, keys: Iterable[str]) -> dict[str, Row]:
    """Mention of an event or of an instrument -> the sentence that tells it, with its report."""
    found: dict[str, Row] = {}
    wanted = list(keys)
    for table in ("mention", "instrument_mention"):
        statement = (
            "SELECT m.id, m.sentence_start, m.sentence_end, r.id, r.title, r.publisher, r.written, r.family, r.text"
            f" FROM {table} m JOIN report r ON r.id = m.report WHERE m.id IN {{}}"
        )
        for key, start, end, report, title, publisher, written, family, text in sql.select_in(alias, statement, wanted):
            found[key] = {
                "mention": key, "report": report, "family": family, "title": title, "publisher": publisher,
                "written": str(written) if written else None, "sentence": [start, end],
                "words": text[start:end] if text else None,
            }  # fmt: skip
    return found


def day_of(text: str | None) -> date | None:
    """The day of an ISO date or time; None for less than a day, or for something else."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def iso(day: Any) -> str | None:
    return day.isoformat() if day else None
