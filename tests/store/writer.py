"""A process that adds made codings to a record: python writer.py RECORD SEED COUNT BATCH [add|load].

Says "added N" at the end.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta

from made import BORG, LEKOETJE, QUISPE, coding

from communique.model import Coding
from communique.store import Record

PAIRS = [(QUISPE, LEKOETJE), (BORG, QUISPE), (LEKOETJE, BORG)]
VERBS = [("met", "meeting"), ("called", "call"), ("held talks with", "talks"), ("visited", "visit")]


def reports(count: int) -> list[Coding]:
    """`count` reports of about a third as many happenings."""
    made = []
    for i in range(count):
        story = i // 3
        a, b = PAIRS[story % 3]
        verb, kind = VERBS[story % 4]
        day = date(2023, 1, 1) + timedelta(days=3 * story)
        text = f"{a.name} {verb} {b.name}, paper number {i} reports of story {story}."
        made.append(coding(text, (verb, kind, (a, b), day if i % 3 < 2 else None), written=day + timedelta(days=1)))
    return made


if __name__ == "__main__":
    where, seed, count, batch = sys.argv[1], *map(int, sys.argv[2:5])
    every = reports(count)
    random.Random(seed).shuffle(every)
    with Record.open(where) as record:
        done = (record.load if sys.argv[5:] == ["load"] else record.add)(every, batch=batch)
        print("added", done.added, flush=True)
