"""The day of every event of one report: the parse first, then the discourse, then the day of writing.

A trigger's day is looked for in this order, and the first that answers wins:

1. the expression that the parse hangs on the trigger, on its support verb or on the verb it is an argument of,
   never across the border of another finite clause or of a quotation (links.py), widened where a length or "the
   second day of" stands beside it (stretches.py);
2. another happening from which it is counted: "six days after", "on the day of" (offsets.py);
3. a verb joined to it by "and" in the same sentence;
4. the sentence before, in the same paragraph, while the story goes on in the simple past;
5. the day of writing, for a finished event of the lead.

Otherwise the day is not known and `When.note` is not made up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from communique.dates.attach.links import Links
from communique.dates.attach.offsets import Offset, Offsets
from communique.dates.attach.paths import (
    VERBAL,
    clause_verb,
    comment_on,
    inside_quotes,
    is_perfect,
    is_reported,
    is_scheduled,
    main_verb,
    speaks_of_a_document,
    verbs_near,
)
from communique.dates.attach.stretches import Stretch, Stretches
from communique.dates.expressions import Reading, TimeExpression
from communique.dates.grammar.tense import verb_tense
from communique.dates.values import in_words, one_day, read_all
from communique.dates.values.counted import ahead
from communique.model import DayRange, Granularity, Modality, When, Written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Governed = tuple[TimeExpression, Reading]

# Words that say "not now" without saying when: they stop the search.
_ELSEWHEN: Final = frozenset(
    ("earlier", "previously", "recently", "later", "once", "formerly", "lately", "already", "soon", "eventually",
     "subsequently", "long", "repeatedly", "often", "regularly", "always", "since", "meanwhile", "before", "ever")
)  # fmt: skip
_JOURNEYS: Final = frozenset(("visit", "trip", "tour", "stay", "journey"))
_ARRIVES: Final = frozenset(("arrive", "land", "touch"))
_LEAVES: Final = frozenset(("leave", "depart"))


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
        self._quoted = inside_quotes(doc)
        self._links = Links(doc, times, self._quoted)
        self._stretches = Stretches(doc, self._links)
        self._offsets = Offsets(doc, self._links)
        self._days_of_sentences: dict[int, Governed | None] = {}
        self._focus: Governed | None = None
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
            return self._governed(token, *governed)
        stretch = self._stretches.up_to(token, self._focus_days())
        if stretch is not None:
            return stretch.days, _counted(stretch)
        offset = self._offsets.of(token)
        counted = self._count(offset) if offset is not None else None
        if counted is not None:
            return counted
        coming = self._coming(token) if modality == "planned" else None
        if coming is not None:
            return coming
        if modality not in ("occurred", "called-off") or self._is_elsewhen(token):
            return None, None
        beside = self._counted_beside(token)
        if beside is not None:
            return beside
        if comment_on(token) is not None:
            return None, None  # it is spoken of in the story, and happened at some time before
        carried = self._carry(token)
        if carried is not None:
            expression, reading = carried
            note = f"carried over from {expression.text!r} in the text before: {reading.note}"
            return reading.days, _when(expression, reading, "carried", note=note)
        if self._is_told_today(token, modality, lead=lead) and self.anchor is not None:
            days = self.anchor
            note = f"told as news in a report whose lead names no day: the day of writing, {in_words(days)}"
            granularity: Granularity = "day" if days.days == 1 else "days"
            return days, When(None, _iso(days), granularity, "report-day", note)
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
        verb = clause_verb(token)
        present = verb is not None and verb_tense(verb) == "present" and _is_sentence(token.sent)
        background = present or (verb is not None and is_perfect(verb))
        if self._focus is not None and not background:
            return self._focus[1].days
        return self.anchor

    # --- the parse ---------------------------------------------------------------------------------------------------

    def governing(self, trigger: int) -> Governed | None:
        """The expression that dates token `trigger` by the parse of its sentence, with its reading."""
        expression = self._links.expression_of(trigger)
        if expression is None:
            return None
        reading = self._reading[expression.start]
        focus = self._day_of_the_report(expression)
        if focus is not None:
            note = f"{expression.text!r} is the day that the report is about, {in_words(focus)}"
            reading = replace(reading, value=_iso(focus), days=focus, note=note)
        return expression, reading

    def _day_of_the_report(self, expression: TimeExpression) -> DayRange | None:
        """ "later in the day" in a paragraph that has named no day yet: the day that the report is about."""
        form = expression.form
        the_day = form.kind == "unit" and form.unit == "day" and form.base == "reference" and form.shift == 0
        if not the_day or self._focus is None or expression.start < self._focus[0].start:
            return None
        if any(e.paragraph == expression.paragraph and e.start < expression.start for e in self.times):
            return None
        return self._focus[1].days

    def _governed(
        self, token: Token, expression: TimeExpression, reading: Reading
    ) -> tuple[DayRange | None, When | None]:
        """What the governing expression says, widened where the event lasted longer than its day."""
        if reading.days is None:
            return None, _when(expression, reading, "relative")
        basis = _basis(expression)
        stretch = self._stretches.around(token, reading.days) or self._journey(token, reading.days)
        if stretch is not None:
            return stretch.days, _when(expression, reading, basis, note=stretch.note, granularity="days")
        return reading.days, _when(expression, reading, basis)

    def _journey(self, token: Token, days: DayRange) -> Stretch | None:
        """A visit told by its arrival: the days from the arrival to the departure, where the text tells of both."""
        if token.lemma_.lower() not in _JOURNEYS | _ARRIVES or days.days != 1:
            return None
        first = [d for d in self._days_of_acts(_ARRIVES) if d <= days.first]
        last = [d for d in self._days_of_acts(_LEAVES) if d >= days.last]
        if len(set(last)) != 1 or len(set(first)) > 1 or (last[0] - days.first).days > 14:
            return None
        whole = DayRange(first[0] if first else days.first, last[0])
        return Stretch(whole, f"from the arrival to the departure: {in_words(whole)}") if whole.days > 1 else None

    def _days_of_acts(self, lemmas: frozenset[str]) -> list[date]:
        """The single days to which the text dates verbs of these lemmas."""
        governed = [self.governing(t.i) for t in self.doc if t.pos_ == "VERB" and t.lemma_.lower() in lemmas]
        return [g[1].days.first for g in governed if g is not None and g[1].days is not None and g[1].days.days == 1]

    # --- counted from something else ---------------------------------------------------------------------------------

    def _count(self, offset: Offset) -> tuple[DayRange, When] | None:
        """ "six days after X": the day of X and six more."""
        base = self._day_of(
            self.doc[offset.other], told=offset.inside, definite=offset.steps != 0 and not offset.inside
        )
        if base is None or base.days != 1:
            return None
        day = one_day(base.first + timedelta(offset.steps))
        other = self.doc[offset.other].text
        words = offset.words.text if offset.words is not None else "the day"
        if offset.steps:
            side = "after" if offset.steps > 0 else "before"
            note = f"{words!r} {side} {other!r}, which was on {in_words(base)}: {in_words(day)}"
        else:
            note = f"on the day of {other!r}: {in_words(day)}"
        return day, When(offset.words.span if offset.words else None, _iso(day), "day", "relative", note)

    def _counted_beside(self, token: Token) -> tuple[DayRange, When] | None:
        """ "Two days before the vote she came to Oslo, where they signed it": the signing has the day of the coming."""
        verb, main = clause_verb(token), main_verb(token.sent)
        if verb is None or main is None or verb.i == main.i or self._quoted[token.i] or is_reported(verb):
            return None
        if verb_tense(verb) != "past" or is_perfect(verb) or is_perfect(main):
            return None
        offset = self._offsets.of(main)
        return self._count(offset) if offset is not None else None

    def _day_of(self, token: Token, *, told: bool, definite: bool) -> DayRange | None:
        """The day of another happening: its own expression, that of another mention, else the day of the report.

        `told`: it is the main clause, which the story dates where it names no day. `definite`: where nothing dates
        "the vote", it is what the report is about.
        """
        for other in (token, *self._offsets.mentions_of(token)):
            governed = self.governing(other.i) or self._within(other)
            if governed is not None and governed[1].days is not None and governed[1].days.days == 1:
                return governed[1].days
        if token.pos_ in VERBAL:
            carried = self._carry(token) if told else None
            if carried is not None:
                return carried[1].days
            return self.anchor if told and self._undated_lead and self._is_news(token) else None
        named = any(child.lower_ in ("the", "their", "its", "his", "her") for child in token.children)
        return self._focus_days() if definite and named else None

    def _within(self, noun: Token) -> Governed | None:
        """The one day named inside a noun's own phrase: "the crash of a plane that came down on 25 December"."""
        if noun.pos_ != "NOUN":
            return None
        inside = {t.i for t in noun.subtree}
        found = [e for e in self._links.of_sentence(noun) if e.start in inside and self._reading[e.start].days]
        return (found[0], self._reading[found[0].start]) if len(found) == 1 else None

    def _focus_days(self) -> DayRange | None:
        """The day that the report is about: that of its first sentences, else the day of writing."""
        if self._focus is not None:
            return self._focus[1].days
        return self.anchor if self.anchor is not None and self.anchor.days == 1 else None

    def _coming(self, token: Token) -> tuple[DayRange, When] | None:
        """ "will meet in two weeks", "must leave within 72 hours": counted from the day of writing."""
        if self.anchor is None or self.anchor.days > 1:
            return None
        expression = self._links.length_ahead(token)
        if expression is None:
            return None
        days = ahead(expression.form, self.anchor.last, within=expression.preposition == "within")
        if days is None:
            return None
        note = f"{expression.text!r} from {in_words(self.anchor)}: {in_words(days)}"
        granularity: Granularity = "day" if days.days == 1 else "days"
        return days, When(expression.span, _iso(days), granularity, "relative", note)

    # --- the discourse -----------------------------------------------------------------------------------------------

    def _carry(self, trigger: Token) -> Governed | None:
        """The day of the sentence so far or before, while the same story goes on in the simple past."""
        verb = clause_verb(trigger)
        if verb is None or self._quoted[trigger.i]:
            return None
        if not speaks_of_a_document(verb) and (verb_tense(verb) != "past" or is_perfect(verb)):
            return None
        start = trigger.sent.start
        if verb.i != trigger.sent.root.i and not is_reported(verb):
            here = self._day_of_sentence(start)
            if here is not None:
                return here
        previous = self._sentence_before(start)
        while previous is not None:
            found = self._day_of_sentence(previous)
            if found is not None:
                return found
            main = main_verb(self.doc[previous].sent)
            other = self.governing(main.i) if main is not None else None
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

    def _day_of_sentence(self, start: int) -> Governed | None:
        """The one day that the main clause of a sentence is dated to."""
        if start not in self._days_of_sentences:
            self._days_of_sentences[start] = None
            verb = main_verb(self.doc[start].sent)
            governed = self.governing(verb.i) if verb is not None else self._fronted(start)
            if governed and governed[1].days and governed[1].granularity in ("day", "days"):
                finished = verb is None or (verb_tense(verb) == "past" and not is_scheduled(verb))
                if governed[0].tense != "future" and finished:
                    self._days_of_sentences[start] = governed
        return self._days_of_sentences[start]

    def _fronted(self, start: int) -> Governed | None:
        """The expression with which a sentence begins, where the parser found no verb to hang it on."""
        sentence = self.doc[start].sent
        first = next(iter(self._links.of_sentence(self.doc[start])), None)
        if first is None or first.start - start > 2 or not any(t.tag_ in ("VBD", "VBN") for t in sentence):
            return None
        return first, self._reading[first.start]

    def _find_focus(self) -> Governed | None:
        """The day that the report is about: the one that dates a main verb of its first sentences."""
        seen = 0
        for sentence in self.doc.sents:
            if not _is_sentence(sentence):
                continue  # a headline or a line of furniture
            seen += 1
            found = self._day_of_sentence(sentence.start)
            if found is not None and found[1].days is not None and found[0].form.kind != "period":
                near = self.anchor is None or 0 <= (self.anchor.last - found[1].days.last).days <= 7
                if near:
                    return found
            if seen == 3:
                break
        return None

    def _is_elsewhen(self, trigger: Token) -> bool:
        """ "earlier", "later", "recently": another time, which is not said."""
        verbs = {t.i for t in verbs_near(trigger)} | {trigger.i}
        return any(
            child.dep_ in ("advmod", "npadvmod")
            and child.lower_ in _ELSEWHEN
            and child.i not in self._time_tokens
            and not (child.lower_ == "once" and child.i and self.doc[child.i - 1].lower_ == "at")
            for i in sorted(verbs)
            for child in self.doc[i].children
        )

    # --- the lead ----------------------------------------------------------------------------------------------------

    def _lead_names_no_day(self) -> bool:
        """The first full sentence tells of something finished, and no time is said for it."""
        if self._focus is not None or self.anchor is None or self.anchor.days > 1:
            return False
        for sentence in self.doc.sents:
            if _is_sentence(sentence) and len(sentence) > 5:
                root = sentence.root
                return self.governing(root.i) is None and self._is_news(root)
        return False

    def _is_told_today(self, trigger: Token, modality: Modality, *, lead: bool) -> bool:
        if modality != "occurred" or self.anchor is None or not self._is_news(trigger):
            return False
        verb = clause_verb(trigger)
        plain = verb is not None and not is_perfect(verb) and not is_reported(verb)
        return lead or (self._undated_lead and plain)

    def _is_news(self, trigger: Token) -> bool:
        """A finite clause in the simple past or the present perfect, with no time of its own."""
        verb = clause_verb(trigger)
        if verb is None or self._quoted[trigger.i]:
            return False
        if verb.dep_ in ("relcl", "acl", "advcl"):
            return False
        if any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children):
            return False
        return verb_tense(verb) == "past" or (verb.i != trigger.i and verb_tense(verb) == "present")


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


def _is_sentence(sentence: Span) -> bool:
    """Not a headline or a line of furniture."""
    return any(token.text in ".!?" for token in sentence[-3:])


def _basis(expression: TimeExpression) -> str:
    form = expression.form
    explicit = form.year is not None or (form.kind == "range" and form.last is not None and form.last.year is not None)
    return "explicit" if explicit else "relative"


def _when(
    expression: TimeExpression,
    reading: Reading,
    basis: str,
    *,
    note: str | None = None,
    granularity: Granularity | None = None,
) -> When:
    value = reading.value or ""
    return When(expression.span, value, granularity or reading.granularity or "day", basis, note or reading.note)


def _counted(stretch: Stretch) -> When:
    return When(None, _iso(stretch.days), "days", "relative", stretch.note)


def _iso(days: DayRange) -> str:
    return days.first.isoformat() if days.days == 1 else f"{days.first}/{days.last}"
