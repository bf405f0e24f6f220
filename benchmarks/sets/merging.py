"""The four sets of `merging`: copies, stories, mentions (gold mentions given), records.

`predict` tells them apart by what a row holds, and copies from stories by the file's name; the modules copies, stories,
mentions and records beside this one call one of them by name. Only what a user would know is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from communique.merging.copies import Page, find_families, find_links
from communique.merging.events import merge
from communique.merging.fingerprint import fingerprint
from communique.merging.mentions import Mention, Party
from communique.merging.stories import Telling, find_stories
from communique.merging.wording import same_wording

Row = dict[str, Any]


def predict(path: Path) -> Iterator[Row]:
    """The predictions of the set that the file is of."""
    rows = read(path)
    if rows and "events" in rows[0]:
        return records(path)
    if rows and "doc" in rows[0]:
        return mentions(path)
    return copies(path) if "copies" in path.name else stories(path)


def read(path: Path) -> list[Row]:
    """The rows of a JSON-lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def copies(path: Path) -> Iterator[Row]:
    """Report -> family of copies."""
    rows = read(path)
    prints = {row["id"]: fingerprint(row["text"], row["title"]) for row in rows}
    pages = {
        row["id"]: Page(
            row["id"], prints[row["id"]].words, publisher=row.get("publisher"), claimed=day(row.get("published"))
        )
        for row in rows
    }
    for family in find_families(pages, find_links(prints)):
        for member in family.members:
            yield {"id": member, "cluster": family.id}


def stories(path: Path) -> Iterator[Row]:
    """Report -> story. The page's date is a claim."""
    rows = read(path)
    told = [Telling(row["id"], row["title"], row["text"], claimed=day(row.get("published"))) for row in rows]
    for report, story in sorted(find_stories(told).items()):
        yield {"id": report, "cluster": story}


def mentions(path: Path) -> Iterator[Row]:
    """Given mentions -> events; the documents are read from docs.jsonl beside the mentions."""
    docs = {row["doc"]: row["sentences"] for row in read(path.with_name("docs.jsonl"))}
    told = [Telling(doc, None, "\n".join(" ".join(words) for words in text)) for doc, text in docs.items()]
    found = find_stories(told)
    rows = read(path)
    heads = []
    for n, row in enumerate(rows):
        words = [word for sentence in docs[row["doc"]] for word in sentence]
        heads.append((str(n), row["doc"], words[row.get("head", row["end"] - 1)]))
    clusters = same_wording(heads, found)
    for n, row in enumerate(rows):
        yield {"doc": row["doc"], "start": row["start"], "end": row["end"], "cluster": clusters[str(n)]}


def records(path: Path) -> Iterator[Row]:
    """Coded event -> happening."""
    every = [mention for row in read(path) for mention in _mentions(row)]
    for event in merge(every):
        for mention in event.mentions:
            yield {"id": mention, "cluster": event.id}


def _mentions(row: Row) -> list[Mention]:
    made = []
    for i, event in enumerate(row["events"]):
        parties = tuple(Party(p["name"], p["kind"], p.get("country")) for p in event["participants"])
        place = event.get("place") or {}
        made.append(
            Mention(
                id=f"{row['id']}/{i}",
                report=row["id"],
                kind=event["kind"],
                modality=event["modality"],
                parties=parties,
                start=day(event["start"]),
                end=day(event["end"]),
                place=place.get("name"),
                place_country=place.get("country"),
                instrument=event.get("instrument"),
                origin=row["id"],
                written=day(row["declared"]),
            )
        )
    around = tuple(sorted({m.start for m in made if m.is_sharp and m.start}))
    return [replace(m, around=around) for m in made]


def day(text: str | None) -> date | None:
    """The day of an ISO date or time; None for less than a day."""
    return date.fromisoformat(text[:10]) if text and len(text) >= 10 else None
