"""What every reading function works with: the day of writing, the discourse, and how an answer is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from communique.dates.expressions import Form, Reading, Tense
from communique.dates.values.calendar import Named
from communique.dates.values.wording import in_words
from communique.model import DayRange


@dataclass(frozen=True, slots=True)
class Context:
    """What a reading needs beside the day of writing.

    `reference` is the day or days last spoken of, `told_day` the last single day; `year` the year that the passage is
    about, where it tells of the past in order (a history); `tense` that of the verb the expression belongs to.
    """

    reference: DayRange | None = None
    reference_form: Form | None = None
    told_day: DayRange | None = None
    year: int | None = None
    tense: Tense | None = None
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """One expression being read. `quoted` is its text for the notes, `readers` has a function for each kind of form."""

    quoted: str
    anchor: DayRange | None
    context: Context
    readers: Mapping[str, Callable[[Reader, Form], Reading]]

    @property
    def day(self) -> date | None:
        """The day of writing; the last one where several are possible."""
        return self.anchor.last if self.anchor else None

    def read(self, form: Form) -> Reading:
        return self.readers[form.kind](self, form)

    def base(self, form: Form) -> DayRange | None:
        """The days that a relative expression counts from."""
        told = self.context.narrative and self.context.reference and not (form.kind == "unit" and form.unit == "day")
        if form.base == "reference" or told:
            return self.context.reference or self.anchor
        return self.anchor

    def from_words(self, form: Form) -> str:
        return f"counted from {in_words(self.base(form))}"

    def made(self, named: Named, why: str) -> Reading:
        return Reading(named.value, named.days, named.granularity, f"{self.quoted}, {why}")

    def none(self, why: str, value: str | None = None) -> Reading:
        """No days. `value` is what can be said all the same, such as "XXXX-03-29" or "P3D"."""
        return Reading(value, None, None, f"{self.quoted}: {why}")
