#!/usr/bin/env python3
"""What content farms cost: code clean articles and their degraded copies, and say how much of the record survives.

    benchmarks/degraded.py make OUT [--levels light,medium,heavy] [--copies N] [--ops a,b] [--without c] [--html]
    benchmarks/degraded.py score OUT PREDICTIONS
    benchmarks/degraded.py each [--copies N] [--level heavy] [--html]    one operation at a time: what each costs
    benchmarks/degraded.py misses [--ops a,b] [--level heavy] [--copies N] [--html]    what was lost, as the page has it

The clean articles are the plain reports of diplomatic/dev; their record is what the coder finds in them. The copies
come from degraded_pages/degrade.py. `make` writes pages.jsonl, truth.jsonl and clean.jsonl (the clean records); `score`
prints degrade.py's figures, and of the records whose sentences the page still holds whole (`events_same`,
`statements_same`, `instruments_same`) the share that is found again with the same content:

    event       type, kind, modality and countries; `days_same`: of these, the same days
    statement   speaker, direct or not
    instrument  kind and parties
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "sets")]

Row = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = Path(os.environ.get("COMMUNIQUE_BENCHMARKS") or HERE.parents[1] / "shared" / "benchmarks")
    parser.add_argument("do", choices=["make", "score", "each", "misses"])
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("predictions", nargs="?", type=Path)
    parser.add_argument("--folder", type=Path, default=folder)
    parser.add_argument("--levels", "--level", default="light,medium,heavy")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--ops", default="")
    parser.add_argument("--without", default="")
    parser.add_argument("--html", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    tool = load(asked.folder / "degraded_pages" / "degrade.py")
    if asked.do == "score":
        if asked.predictions is None:
            parser.error("score needs the folder and the predictions")
        print(json.dumps(score(tool, asked.out, lines(asked.predictions)), indent=1))
        return 0
    articles, clean = clean_articles(asked.folder / "diplomatic" / "dev", tool)
    if asked.do == "make":
        if asked.out is None:
            parser.error("make needs a folder to write in")
        write(tool, articles, clean, asked.out, asked, names(asked.ops))
        return 0
    levels = asked.levels if asked.levels.count(",") < 2 else "heavy"
    asked.levels = levels
    if asked.do == "misses":
        with tempfile.TemporaryDirectory() as out:
            write(tool, articles, clean, Path(out), asked, names(asked.ops))
            for miss in misses(tool, Path(out), predicted(Path(out) / "pages.jsonl")):
                print(miss)
        return 0
    for operation in [None, *tool.OPS]:
        with tempfile.TemporaryDirectory() as out:
            write(tool, articles, clean, Path(out), asked, [operation] if operation else ["none"])
            figures = score(tool, Path(out), predicted(Path(out) / "pages.jsonl"))
        shown = " ".join(f"{figures[name]['mean']:8.3f}" if name in figures else "        " for name in SHOWN)
        if operation is None:
            print(" " * 14, " ".join(f"{SHORT.get(name, name):>8}" for name in SHOWN))
        print(f"{operation or '(none)':14} {shown}", flush=True)
    return 0


SHOWN = [
    "sentence_recall", "body_precision_4grams", "foreign_lines_let_in", "declared_right", "date_right",
    "date_is_posting_day", "records_kept", "events_same", "days_same", "statements_same", "instruments_same",
    "events_spare", "evidence_is_a_trap", "evidence_not_verbatim",
]  # fmt: skip
SHORT = {
    "sentence_recall": "recall", "body_precision_4grams": "body P", "foreign_lines_let_in": "foreign",
    "declared_right": "declared", "date_right": "date", "date_is_posting_day": "posting", "records_kept": "kept",
    "events_same": "events", "days_same": "days", "statements_same": "stmts", "instruments_same": "instr",
    "events_spare": "spare", "evidence_is_a_trap": "trap", "evidence_not_verbatim": "not verb",
}  # fmt: skip


def load(path: Path) -> ModuleType:
    """A script of the benchmark folder as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(listed: str) -> list[str]:
    return [name for name in listed.split(",") if name]


def lines(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def predicted(pages: Path) -> list[Row]:
    """The set's predictions for the pages of a file."""
    import sets.degraded_pages as pages_set

    return list(pages_set.predict(pages))


# --- the clean articles and their record -----------------------------------------------------------------------------


def clean_articles(gold_dir: Path, tool: ModuleType) -> tuple[list[Row], list[Row]]:
    """The plain reports of a gold folder as degrade.py takes them, and the record of each as the coder finds it.

    Of the gold only the day on which the report was written is used.
    """
    from sets.degraded_pages import contents

    from communique.coder import Coder
    from communique.intake.text import report_from_text

    coder = Coder()
    articles: list[Row] = []
    clean: list[Row] = []
    for path in sorted(gold_dir.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("shape") != "plain text" or not gold.get("true_day"):
            continue
        page = (gold_dir / gold["file"]).read_text(encoding="utf-8").strip()
        title, body = page.split("\n", 1)
        coding = coder.code(report_from_text(page))
        found = tool.DATELINE.match(body.strip())
        article = {"id": gold["id"], "title": title.strip(), "date": gold["true_day"], "body": body.strip()}
        if found:
            article |= {"dateline": found.group(1), "body": body.strip()[found.end() :]}
        whole = " ".join(article["body"].split())
        records: list[Row] = []
        for rid, content, words in contents(coding, coding.report.text):
            words = " ".join(words.split())
            if found:
                words = words.removeprefix(" ".join(found.group(1).split())).strip()
            if words and words in whole:
                records.append({"rid": rid, "evidence": words, "content": content})
        article["records"] = [record for record in records if fits(article, record, tool)]
        articles.append(article)
        clean.append({"id": gold["id"], "records": article["records"]})
    return articles, clean


def fits(article: Row, record: Row, tool: ModuleType) -> bool:
    """Whether the evidence lies in one paragraph, as degrade.py wants it."""
    try:
        tool.parse_article({**article, "records": [dict(record)]}, 0)
    except ValueError:
        return False
    return True


def write(
    tool: ModuleType, articles: Iterable[Row], clean: Iterable[Row], out: Path, asked: argparse.Namespace,
    operations: list[str],
) -> None:  # fmt: skip
    """pages.jsonl, truth.jsonl and clean.jsonl in the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    made = tool.make(articles, asked.copies, names(asked.levels), asked.seed, operations or None, names(asked.without))
    with (
        (out / "pages.jsonl").open("w", encoding="utf-8") as pages,
        (out / "truth.jsonl").open("w", encoding="utf-8") as truths,
    ):
        for page, truth in made:
            if asked.html:
                page["html"] = tool.to_html(page, truth)
            pages.write(json.dumps(page, ensure_ascii=False) + "\n")
            truths.write(json.dumps(truth, ensure_ascii=False) + "\n")
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in clean)
    (out / "clean.jsonl").write_text(rows, encoding="utf-8")


# --- scores ----------------------------------------------------------------------------------------------------------


def score(tool: ModuleType, out: Path, predictions: list[Row]) -> Row:
    """degrade.py's figures, and how much of the content is the same. Each is {"mean": ..., "of": ...}."""
    truths = lines(out / "truth.jsonl")
    text = {page["id"]: page["text"] for page in lines(out / "pages.jsonl")}
    for line in predictions:
        line["_page"] = text[line["id"]]
    figures: Row = tool.score(truths, predictions)
    sums: dict[str, list[int]] = {}
    for truth, line in paired(truths, predictions):
        for name, good, total in compared(truth, line):
            at = sums.setdefault(name, [0, 0])
            at[0] += good
            at[1] += total
    figures |= {name: {"mean": round(a / b, 4), "of": b} for name, (a, b) in sums.items() if b}
    return figures


def paired(truths: list[Row], predictions: list[Row]) -> Iterator[tuple[Row, Row]]:
    found = {line["id"]: line for line in predictions}
    for truth in truths:
        yield truth, found.get(truth["id"], {})


def in_place(truth: Row) -> list[Row]:
    """The clean records whose sentences the page still holds, letters changed or not."""
    return [record for record in truth["records"] if record["status"] in ("intact", "wrapped", "altered")]


def compared(truth: Row, line: Row) -> Iterator[tuple[str, int, int]]:
    """(figure, found again, of) for one page."""
    wanted, got = in_place(truth), line.get("records", [])
    for part in ("event", "statement", "instrument"):
        mine = Counter(key(record["content"]) for record in got if record["content"]["part"] == part)
        clean = Counter(key(record["content"]) for record in wanted if record["content"]["part"] == part)
        yield f"{part}s_same", (mine & clean).total(), clean.total()
        if part == "event":
            every = Counter(key(r["content"]) for r in truth["records"] if r["content"]["part"] == part)
            yield "events_spare", (mine - every).total(), mine.total()
            dated = Counter(dated_key(r["content"]) for r in got if r["content"]["part"] == part)
            whole = Counter(dated_key(r["content"]) for r in wanted if r["content"]["part"] == part)
            yield "days_same", (dated & whole).total(), (mine & clean).total()


def key(content: Row) -> str:
    """What a record says, its days aside."""
    return json.dumps({name: value for name, value in content.items() if name not in ("days",)}, sort_keys=True)


def dated_key(content: Row) -> str:
    return json.dumps(content, sort_keys=True)


def misses(tool: ModuleType, out: Path, predictions: list[Row]) -> Iterator[str]:
    """For each page where something was lost or let in: what, and the page's own words."""
    text = {page["id"]: page["text"] for page in lines(out / "pages.jsonl")}
    for truth, line in paired(lines(out / "truth.jsonl"), predictions):
        page = text[truth["id"]]
        body = f" {tool.squash(chr(10).join(line['body']))} "
        said: list[str] = []
        for sentence in truth["sentences"]:
            if sentence["status"] in ("intact", "wrapped") and f" {tool.squash(sentence['text'])} " not in body:
                said.append(f"  sentence lost: {sentence['text']}")
        for mark in truth["lines"]:
            words = tool.squash(page[mark["start"] : mark["end"]])
            if mark["role"] in ("meta", "chrome", "ad", "related") and words.count(" ") and f" {words} " in body:
                said.append(f"  let in ({mark['role']}): {page[mark['start'] : mark['end']]}")
        got = Counter(key(record["content"]) for record in line["records"])
        for record in in_place(truth):
            if got[key(record["content"])]:
                got[key(record["content"])] -= 1
                continue
            near = [
                json.dumps(r["content"], ensure_ascii=False)
                for r in line["records"]
                if r["content"]["part"] == record["content"]["part"]
                and tool.squash(r["evidence"])[:40] == tool.squash(record["evidence"])[:40]
            ]
            said.append(f"  record lost ({record['status']}): {json.dumps(record['content'], ensure_ascii=False)}")
            said.append(f"    {record['evidence']}")
            said += [f"    page: {page[a:b]!r}" for a, b, *_ in places(truth, record)]
            said += [f"    found there: {other}" for other in near]
        for field, value in truth["declared"].items():
            if tool.squash(str(line["declared"].get(field))) != tool.squash(str(value)) and field != "posted":
                said.append(f"  declared {field}: {value!r}, read {line['declared'].get(field)!r}")
        if said:
            yield "\n".join([f"{truth['id']} ({', '.join(truth['ops'])})", *said])


def places(truth: Row, record: Row) -> Iterator[list[Any]]:
    units = {(sentence["para"], sentence["sent"]): sentence for sentence in truth["sentences"]}
    for unit in record["units"]:
        yield from units[tuple(unit)]["at"][:1]


if __name__ == "__main__":
    sys.exit(main())
