"""What time expressions mean: from their words to days, once the day of writing is known."""

from communique.dates.values.discourse import read_all
from communique.dates.values.reader import Context
from communique.dates.values.reading import read_time
from communique.dates.values.wording import in_words, one_day

__all__ = ["Context", "in_words", "one_day", "read_all", "read_time"]
