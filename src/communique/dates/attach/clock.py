"""Which time expression dates a trigger: the parse first, then the discourse, then the day of writing.

A trigger's day is looked for in this order, and the first that answers wins:

1. the expression that the parse hangs on the trigger, on its support verb or on the verb it is an argument of,
   never across the border of another finite clause or of a quotation;
2. a verb joined to it by "and" in the same sentence;
3. the sentence before, in the same paragraph, while the story goes on in the simple past;
4. the day of writing, for a finished event of the lead.

Otherwise the day is not known and `When.note` is not made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from communique.dates.expressions import Reading, TimeExpression
from communique.dates.grammar.tense import verb_tense
from communique.dates.values import in_words, read_all
from communique.model import DayRange, Granularity, Modality, When, Written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL: Final = frozenset(("VERB", "AUX"))
_QUOTES: Final = frozenset(('"', "“", "”", "``", "''", "«", "»"))
# Words that say "not now" without saying when: they stop the search.
_ELSEWHEN: Final = frozenset(
    ("earlier", "previously", "recently", "later", "once", "formerly", "lately", "already", "soon", "eventually",
     "subsequently", "long", "repeatedly", "often", "regularly", "always", "since", "meanwhile", "before", "ever")
)  # fmt: skip
_BEGINS: Final = frozenset(("begin", "start", "open", "kick", "launch", "arrive", "commence", "embark", "land", "set"))
_ENDS: Final = frozenset(("end", "conclude", "wrap", "close", "finish", "leave", "depart", "return", "complete"))
_BORDERS: Final = frozenset(("since", "until", "till", "before", "than", "after"))


@dataclass(frozen=True, slots=True)
class Link:
    """An expression that may date a trigger. The lower `cost`, the closer it hangs."""

    cost: float
    expression: TimeExpression


class Clock:
    """The times of one report, and the day that any token of it is dated to.

    Built once per report. `written` is the concluded day of writing; build another Clock to read the same
    expressions from another day.
    """

    def __init__(self, doc: Doc, times: tuple[TimeExpression, ...], written: Written | None) -> None:
        self.doc = doc
        self.times = times
        self.anchor = anchor_of(written)
        self.readings: tuple[Reading, ...] = read_all(times, self.anchor)
        self._reading = {e.start: r for e, r in zip(times, self.readings, strict=True)}
        self._time_tokens = frozenset(i for e in times for i in range(e.start, e.end))
        self._by_sentence: dict[int, list[TimeExpression]] = {}
        for expression in times:
            self._by_sentence.setdefault(expression.sentence, []).append(expression)
        self._quoted = _inside_quotes(doc)
        self._carried: dict[int, tuple[TimeExpression, Reading] | None] = {}
        self._focus = self._find_focus()
        self._undated_lead = self._lead_names_no_day()

    def is_time(self, i: int) -> bool:
        """Whether token `i` belongs to a time expression."""
        return i in self._time_tokens

    def reading(self, expression: TimeExpression) -> Reading:
        """What `expression` means, counted from this report's day of writing."""
        return self._reading[expression.start]

    def when(
        self, trigger: int, *, modality: Modality = "occurred", lead: bool = False
    ) -> tuple[DayRange | None, When | None]:
        """The day or days of the event that token `trigger` tells of, and the words that say so.

        `lead`: the trigger stands in the report's first sentences, where a finished event without a day is news of
        the day of writing. Both are None when the report does not say; days alone are None where the words name no
        day ("recently").
        """
        token = self.doc[trigger]
        governed = self.governing(trigger)
        if governed is not None:
            expression, reading = governed
            if reading.days is None:
                return None, self._when(expression, reading, "relative")
            stretched = self._stretched(token, reading)
            if stretched is not None:
                days, note = stretched
                return days, self._when(expression, reading, _basis(expression), note=note, granularity="days")
            return reading.days, self._when(expression, reading, _basis(expression))
        ended = self._ended(token)
        if ended is not None:
            return ended
        before = self._before_occasion(token)
        if before is not None:
            return before
        if modality not in ("occurred", "called-off") or self._is_elsewhen(token):
            return None, None
        carried = self._carry(token)
        if carried is not None:
            expression, reading = carried
            note = f"carried over from {expression.text!r} in the text before: {reading.note}"
            return reading.days, self._when(expression, reading, "carried", note=note)
        if self._is_told_today(token, modality, lead=lead) and self.anchor is not None:
            days = self.anchor
            note = f"told as news in a report whose lead names no day: the day of writing, {in_words(days)}"
            value = days.first.isoformat() if days.days == 1 else f"{days.first}/{days.last}"
            granularity: Granularity = "day" if days.days == 1 else "days"
            return days, When(None, value, granularity, "report-day", note)
        return None, None

    def best_days(self, trigger: int) -> DayRange | None:
        """The likeliest days of token `trigger`'s event, guessed where `when` would say that it is not known.

        For questions that want an answer to every event: what has happened is dated to the day of writing.
        """
        days, when = self.when(trigger, lead=True)
        if days is not None and (when is None or when.basis != "report-day"):
            return days
        if when is not None and when.value not in ("PRESENT_REF", "") and when.basis != "report-day":
            return days
        token = self.doc[trigger]
        verb = _clause_verb(token)
        sentence = [t.text for t in token.sent]
        present = verb is not None and verb_tense(verb) == "present" and any(t in ".!?" for t in sentence[-2:])
        background = present or (verb is not None and _is_perfect(verb))
        if self._focus is not None and not background:
            return self._focus[1].days
        return self.anchor

    # --- the parse ---------------------------------------------------------------------------------------------------

    def governing(self, trigger: int) -> tuple[TimeExpression, Reading] | None:
        """The expression that dates token `trigger` by the parse of its sentence, with its reading."""
        token = self.doc[trigger]
        links: list[Link] = []
        for expression in self._by_sentence.get(token.sent.start, ()):
            if expression.type == "SET" or expression.form.kind in ("duration",):
                continue
            if self._quoted[expression.start] != self._quoted[trigger] or self._is_border(expression):
                continue
            cost = self._cost(token, expression)
            if cost is not None:
                links.append(Link(cost, expression))
        if not links:
            return None
        best = min(links, key=lambda link: (link.cost, abs(link.expression.start - trigger)))
        return best.expression, self._reading[best.expression.start]

    def _is_border(self, expression: TimeExpression) -> bool:
        """ "since 1997", "until May", "over the next four years": says from when or how long, not when."""
        if expression.form.kind == "period" and (expression.form.shift or 0) > 0:
            return True
        i = expression.start - 1
        if i >= 0 and self.doc[i].lower_ in ("the", "at", "least", "late", "early"):
            i -= 1
        return i >= 0 and self.doc[i].lower_ in _BORDERS

    def _cost(self, trigger: Token, expression: TimeExpression) -> float | None:
        """How far `expression` hangs from `trigger`; None when it belongs to something else."""
        if expression.start <= trigger.i < expression.end:
            return None
        if self._opens(trigger, expression):
            return 0.0
        root = self.doc[expression.start : expression.end].root
        own = _carriers(trigger)
        cost = 0.0
        current = root
        for _ in range(10):
            if current.i in own:
                return cost + own[current.i]
            if current.head.i == current.i:
                return None
            step = _step_up(current, root, trigger)
            if step is None:
                return None
            cost += step
            current = current.head
        return None

    def _opens(self, trigger: Token, expression: TimeExpression) -> bool:
        """ "on Sunday, when their plane landed": the clause of "when" happened at the time before it."""
        verb = _clause_verb(trigger)
        for _ in range(3):
            if verb is None:
                return False
            for child in verb.children:
                if child.lower_ == "when" and 0 <= child.i - expression.end <= 1 and child.i < verb.i:
                    return True
            if verb.dep_ not in ("conj", "xcomp") or verb.head.i == verb.i:
                return False
            verb = verb.head
        return False

    # --- stretches of days -------------------------------------------------------------------------------------------

    def _stretched(self, trigger: Token, reading: Reading) -> tuple[DayRange, str] | None:
        """A length beside a first or last day: "a three-day visit that began on Monday"."""
        if reading.days is None or reading.days.days != 1:
            return None
        length = self._length(trigger)
        if length is None:
            return None
        lemmas = {trigger.lemma_.lower()} | {t.lemma_.lower() for t in _verbs_near(trigger)}
        day = reading.days.first
        if lemmas & _ENDS:
            days = DayRange(day - timedelta(length - 1), day)
            return days, f"{length} days that ended on {in_words(reading.days)}: {in_words(days)}"
        if lemmas & _BEGINS:
            days = DayRange(day, day + timedelta(length - 1))
            return days, f"{length} days from {in_words(reading.days)}: {in_words(days)}"
        return None

    def _ended(self, trigger: Token) -> tuple[DayRange, When] | None:
        """ "the deal concludes five days of talks": as many days up to the day that the report is about."""
        base = self._focus[1].days if self._focus else self.anchor
        length = self._length(trigger)
        if (
            base is None
            or base.days != 1
            or length is None
            or not {t.lemma_.lower() for t in _verbs_near(trigger)} & _ENDS
        ):
            return None
        days = DayRange(base.last - timedelta(length - 1), base.last)
        note = f"{length} days that ended on {in_words(base)}: {in_words(days)}"
        return days, When(None, f"{days.first}/{days.last}", "days", "relative", note)

    def _before_occasion(self, trigger: Token) -> tuple[DayRange, When] | None:
        """ "three days before the vote": counted from the day that the report is about, where it is the vote's."""
        if self._focus is None or self._focus[1].days is None:
            return None
        base = self._focus[1].days
        verb = _clause_verb(trigger)
        for expression in self._by_sentence.get(trigger.sent.start, ()):
            form = expression.form
            after = self.doc[expression.end].lower_ if expression.end < len(self.doc) else ""
            if form.kind != "duration" or form.unit not in ("day", "week") or not form.number or base.days != 1:
                continue
            if after != "before" or verb is None or self.doc[expression.end].sent.start != trigger.sent.start:
                continue
            head: Token | None = self.doc[expression.end]
            above = [t.i for t in head.ancestors] if head is not None else []
            noun = self.doc[expression.end + 1] if expression.end + 1 < len(self.doc) else None
            if noun is None or noun.lower_ not in ("the", "their", "its", "his", "her") or not above:
                continue
            own = _carriers(trigger)
            if not any(i in own for i in above[:2]):
                continue
            day = base.first - timedelta(int(form.number) * (7 if form.unit == "week" else 1))
            note = f"{expression.text!r} before {in_words(base)}, the day that the report is about"
            return DayRange(day, day), When(expression.span, day.isoformat(), "day", "relative", note)
        return None

    def _length(self, trigger: Token) -> int | None:
        """Days that the event lasts: "a two-day visit", "five days of talks"."""
        for expression in self._by_sentence.get(trigger.sent.start, ()):
            form = expression.form
            if form.kind != "duration" or form.unit not in ("day", "week") or not form.number or form.number > 60:
                continue
            head = self.doc[expression.start : expression.end].root
            near = head.i == trigger.i or head.head.i == trigger.i or trigger.head.head.i == head.i
            before_noun = expression.end <= trigger.i <= expression.end + 3
            after_arrival = head.head.head.i == trigger.i or head.head.head.head.i == trigger.i
            if near or before_noun or after_arrival:
                return int(form.number * (7 if form.unit == "week" else 1))
        return None

    # --- the discourse -----------------------------------------------------------------------------------------------

    def _carry(self, trigger: Token) -> tuple[TimeExpression, Reading] | None:
        """The day of the sentence so far or before, while the same story goes on in the simple past."""
        verb = _clause_verb(trigger)
        if verb is None or self._quoted[trigger.i] or verb_tense(verb) != "past" or _is_perfect(verb):
            return None
        start = trigger.sent.start
        if verb.i != trigger.sent.root.i and not _is_reported(verb):
            here = self._day_of_sentence(start)
            if here is not None:
                return here
        previous = self._sentence_before(start)
        while previous is not None:
            found = self._day_of_sentence(previous)
            if found is not None:
                return found
            other = self.governing(self.doc[previous].sent.root.i)
            if other is not None and other[1].days is not None:
                return None  # the story has gone elsewhere: to a month or a year
            previous = self._sentence_before(previous)
        return self._focus

    def _sentence_before(self, start: int) -> int | None:
        """First token of the sentence before, in the same paragraph."""
        i = start - 1
        while i >= 0 and self.doc[i].is_space:
            if "\n" in self.doc[i].text:
                return None
            i -= 1
        return self.doc[i].sent.start if i >= 0 else None

    def _day_of_sentence(self, start: int) -> tuple[TimeExpression, Reading] | None:
        """The one day that the main clause of a sentence is dated to."""
        if start not in self._carried:
            self._carried[start] = None
            root = self.doc[start].sent.root
            governed = self.governing(root.i)
            if governed and governed[1].days and governed[1].granularity in ("day", "days"):
                expression = governed[0]
                if expression.tense != "future" and verb_tense(root) == "past":
                    self._carried[start] = governed
        return self._carried[start]

    def _find_focus(self) -> tuple[TimeExpression, Reading] | None:
        """The day that the report is about: the one that dates a main verb of its first sentences."""
        seen = 0
        for sentence in self.doc.sents:
            if not any(token.text in ".!?" for token in sentence[-3:]):
                continue  # a headline or a line of furniture
            seen += 1
            found = self._day_of_sentence(sentence.start)
            if found is not None and found[1].days is not None:
                near = self.anchor is None or 0 <= (self.anchor.last - found[1].days.last).days <= 7
                if near:
                    return found
            if seen == 3:
                break
        return None

    def _lead_names_no_day(self) -> bool:
        """The first full sentence tells of something finished, and no time is said for it."""
        if self._focus is not None or self.anchor is None or self.anchor.days > 1:
            return False
        for sentence in self.doc.sents:
            if any(token.text in ".!?" for token in sentence[-3:]) and len(sentence) > 5:
                root = sentence.root
                return self.governing(root.i) is None and self._is_news(root)
        return False

    def _is_told_today(self, trigger: Token, modality: Modality, *, lead: bool) -> bool:
        if modality != "occurred" or self.anchor is None or not self._is_news(trigger):
            return False
        verb = _clause_verb(trigger)
        plain = verb is not None and not _is_perfect(verb) and not _is_reported(verb)
        return lead or (self._undated_lead and plain)

    # --- the lead ----------------------------------------------------------------------------------------------------

    def _is_elsewhen(self, trigger: Token) -> bool:
        """ "earlier", "later", "recently": another time, which is not said."""
        verbs = {t.i for t in _verbs_near(trigger)} | {trigger.i}
        timed = {i for e in self._by_sentence.get(trigger.sent.start, ()) for i in range(e.start, e.end)}
        return any(
            child.dep_ in ("advmod", "npadvmod")
            and child.lower_ in _ELSEWHEN
            and child.i not in timed
            and not (child.lower_ == "once" and child.i and self.doc[child.i - 1].lower_ == "at")
            for i in sorted(verbs)
            for child in self.doc[i].children
        )

    def _is_news(self, trigger: Token) -> bool:
        """A finite clause in the simple past or the present perfect, with no time of its own."""
        verb = _clause_verb(trigger)
        if verb is None or self._quoted[trigger.i]:
            return False
        if verb.dep_ in ("relcl", "acl", "advcl"):
            return False
        if any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children):
            return False
        return verb_tense(verb) == "past" or (verb.i != trigger.i and verb_tense(verb) == "present")

    def _when(
        self,
        expression: TimeExpression,
        reading: Reading,
        basis: str,
        *,
        note: str | None = None,
        granularity: Granularity | None = None,
    ) -> When:
        return When(
            expression.span,
            reading.value or "",
            granularity or reading.granularity or "day",
            basis,
            note or reading.note,
        )


def anchor_of(written: Written | None) -> DayRange | None:
    """The days on which the report may have been written, as one range; None when they are not known."""
    if written is None:
        return None
    if written.day is not None:
        return DayRange(written.day, written.day)
    if written.earliest is not None and written.latest is not None:
        days = DayRange(written.earliest, written.latest)
        return days if days.days <= 14 else None
    return None


def _basis(expression: TimeExpression) -> str:
    form = expression.form
    explicit = form.year is not None or (form.kind == "range" and form.last is not None and form.last.year is not None)
    return "explicit" if explicit else "relative"


def _inside_quotes(doc: Doc) -> list[bool]:
    """For each token whether it stands in quotation marks; a mark left open ends with its paragraph."""
    inside: list[bool] = []
    open_ = False
    for token in doc:
        if token.is_space and "\n" in token.text:
            open_ = False
        if token.text in _QUOTES:
            inside.append(True)
            open_ = token.text in ("“", "``", "«") if token.text in ("“", "``", "«", "”", "''", "»") else not open_
            continue
        inside.append(open_)
    return inside


def _carriers(trigger: Token) -> dict[int, float]:
    """The tokens whose time is the trigger's time, each with a cost: itself, its support verb, its first conjunct.

    Upward from the trigger: an object or subject noun to its verb, an infinitive or participle to the verb that it
    completes, a conjunct to the verb it is joined to. A finite subordinate clause is a border.
    """
    found = {trigger.i: 0.0}
    current, cost = trigger, 0.0
    for _ in range(8):
        head = current.head
        if head.i == current.i:
            break
        step = _own_step(current, head)
        if step is None:
            break
        cost += step
        current = head
        found.setdefault(current.i, cost)
    return found


def _own_step(current: Token, head: Token) -> float | None:
    """The price of looking for the trigger's time one word higher."""
    dep = current.dep_
    if current.pos_ in _VERBAL:
        if dep == "conj" and head.pos_ in _VERBAL:
            return 1.5
        if dep in ("xcomp", "aux", "auxpass"):
            return 1.0
        if dep == "advcl" and current.tag_ in ("VBG", "VBN", "VB") and not _is_finite(current):
            marked = any(c.dep_ in ("mark", "advmod") and c.lower_ in _OTHER_TIME for c in current.children)
            return None if marked else 1.5
        if dep == "pcomp" and head.lower_ not in _OTHER_TIME:
            return 1.0
        if dep == "acl" and current.tag_ == "VB":
            return 1.5
        return None
    if dep in ("dobj", "nsubjpass", "nsubj", "attr", "oprd", "dative") and head.pos_ in _VERBAL:
        return 0.5
    if dep == "pobj":
        return 0.5 if head.lower_ not in _OTHER_TIME else None
    if dep in ("prep", "agent"):
        return 0.5
    if dep in ("conj", "appos", "compound", "nmod", "poss", "amod"):
        return 0.7
    if dep in ("npadvmod", "advmod", "pcomp"):
        return 1.0
    return None


# Prepositions that set another time beside the verb's: "arrived after talks in May" tells nothing of the talks.
_OTHER_TIME: Final = frozenset(("before", "since", "until", "till", "ahead", "despite", "about"))


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in verb.children
    )


def _step_up(current: Token, root: Token, trigger: Token) -> float | None:
    """The price of taking an expression one word higher, from `current` to its head; None at a border."""
    dep, head = current.dep_, current.head
    if current.i == root.i:
        if dep in ("dobj", "nsubj", "nsubjpass", "attr", "oprd") and head.pos_ in _VERBAL:
            return None  # "declared 2024 the year of": an argument, not a time
        if dep in ("compound", "nummod", "amod", "poss", "nmod") and head.pos_ not in _VERBAL:
            # "the 2013 agreement", "Friday's summit": the noun's own, and of what is done at it
            if head.i == trigger.i or _supports(head, trigger):
                return 0.0
            return 0.6 if _is_occasion(head) else None
        return 0.0
    if current.pos_ in _VERBAL:
        # "Addressing parliament on Monday, she blamed": a participle shares its time with the main verb
        if dep == "advcl" and current.tag_ in ("VBG", "VBN") and not _is_finite(current):
            marked = any(
                c.dep_ in ("mark", "prep") and c.lower_ in _BORDERS for c in current.children if c.i < current.i
            )
            return None if marked else 1.5
        return 1.0 if dep in ("relcl", "acl") and head.i == trigger.i and head.pos_ == "NOUN" else None
    if dep == "prep" and current.lower_ in _BORDERS:
        return None
    if dep in ("prep", "pobj", "npadvmod", "advmod", "pcomp", "case", "mark"):
        return 0.1
    if current.pos_ in ("PROPN", "PRON", "NUM"):
        return 0.2
    if dep in ("dobj", "nsubjpass", "nsubj", "attr", "appos", "conj", "oprd"):
        return 0.6
    if dep in ("compound", "nmod", "amod", "poss"):
        return None
    return 0.8


def _is_occasion(noun: Token) -> bool:
    """ "At Friday's summit", "in the course of Friday's debate": what the sentence tells of happened there."""
    return noun.dep_ == "pobj" and (
        noun.head.lower_ in ("at", "during")
        or (noun.head.lower_ == "of" and noun.head.head.lower_ in ("course", "margins"))
    )


def _supports(noun: Token, trigger: Token) -> bool:
    return trigger.pos_ in _VERBAL and noun.head.i == trigger.i and noun.dep_ in ("dobj", "nsubjpass")


def _clause_verb(trigger: Token) -> Token | None:
    """The verb of the trigger's clause: itself, or the nearest verb above."""
    current = trigger
    for _ in range(10):
        if current.pos_ in _VERBAL:
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def _verbs_near(trigger: Token) -> list[Token]:
    """The verb above the trigger and a relative clause below it: "talks that ended on Friday"."""
    found = []
    verb = _clause_verb(trigger.head) if trigger.pos_ in _VERBAL else _clause_verb(trigger)
    if trigger.pos_ in _VERBAL:
        found.append(trigger)
    elif verb is not None:
        found.append(verb)
    found.extend(child for child in trigger.children if child.dep_ in ("relcl", "acl") and child.pos_ in _VERBAL)
    return found


def _is_reported(verb: Token) -> bool:
    """What somebody says has its own time: the clause stands under a verb with "that"."""
    current = verb
    while current.dep_ in ("conj", "xcomp", "relcl", "advcl", "ccomp") and current.head.i != current.i:
        if current.dep_ == "ccomp":
            return True
        if current.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _BORDERS for c in current.children):
            return True
        current = current.head
        while current.pos_ not in _VERBAL and current.head.i != current.i:
            current = current.head
    return False


def _is_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
