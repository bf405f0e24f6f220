"""The words of time expressions: names of days, months and units, numbers, and words that point."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from communique.dates.expressions import Unit

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS: Final = MappingProxyType({name: n for n, name in enumerate(_MONTH_NAMES, 1)})
SHORT_MONTHS: Final = MappingProxyType(
    {name[:3]: n for n, name in enumerate(_MONTH_NAMES, 1) if name != "may"} | {"sept": 9}
)
WEEKDAYS: Final = MappingProxyType({name: n for n, name in enumerate(_DAY_NAMES)})
SHORT_WEEKDAYS: Final = MappingProxyType(
    {name[:3]: n for n, name in enumerate(_DAY_NAMES)} | {"tues": 1, "thur": 3, "thurs": 3}
)

SEASONS: Final = MappingProxyType({"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"})

UNITS: Final[MappingProxyType[str, Unit]] = MappingProxyType(
    {
        "second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "hour": "hour",
        "hours": "hour", "hrs": "hour", "day": "day", "days": "day", "night": "day", "nights": "day",
        "weekend": "weekend", "weekends": "weekend", "week": "week", "weeks": "week", "fortnight": "fortnight",
        "fortnights": "fortnight", "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter",
        "year": "year", "years": "year", "decade": "decade", "decades": "decade", "century": "century",
        "centuries": "century", "millennium": "millennium", "millennia": "millennium",
    }
)  # fmt: skip
PLURALS: Final = frozenset(word for word in UNITS if word.endswith("s") or word in ("centuries", "millennia"))

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS: Final = MappingProxyType(
    {word: n for n, word in enumerate((_ONES + " eighteen nineteen").split(), 1)}
    | {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
    | {"dozen": 12, "hundred": 100, "thousand": 1000}
)
UNKNOWN_NUMBERS: Final = frozenset(("several", "few", "some", "many", "numerous"))

ORDINALS: Final = MappingProxyType(
    {
        word: n
        for n, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            1,
        )
    }
    | {"thirtieth": 30}
)
DECADE_WORDS: Final = MappingProxyType(
    {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
     "nineties": 90}
)  # fmt: skip

# Words before a unit, weekday, month or season: how far it lies from the day it is counted from.
POINTERS: Final = MappingProxyType(
    {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "same": 0, "next": 1,
     "coming": 1, "following": 1, "upcoming": 1, "ensuing": 1, "latest": 0}
)  # fmt: skip
# Of these, the ones that count from the day last spoken of.
FROM_REFERENCE: Final = frozenset(("previous", "preceding", "following", "same", "ensuing", "that"))

DAY_WORDS: Final = MappingProxyType({"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0})
DAY_PARTS: Final = MappingProxyType(
    {"morning": "TMO", "noon": "T12:00", "midday": "TMD", "afternoon": "TAF", "evening": "TEV", "night": "TNI",
     "midnight": "T24:00", "dawn": "TMO", "lunchtime": "TMD", "dusk": "TEV", "daybreak": "TMO", "nightfall": "TNI"}
)  # fmt: skip

VAGUE: Final = MappingProxyType(
    {"now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF",
     "someday": "FUTURE_REF",
     "recently": "PAST_REF", "lately": "PAST_REF", "soon": "FUTURE_REF", "ongoing": "PRESENT_REF"}
)  # fmt: skip
# Adjectives and nouns, vague only in the sense of time.
VAGUE_WORDS: Final = MappingProxyType({"current": "PRESENT_REF", "recent": "PAST_REF", "former": "PAST_REF"})
VAGUE_NOUNS: Final = MappingProxyType({"future": "FUTURE_REF", "past": "PAST_REF", "present": "PRESENT_REF"})

VAGUE_PHRASES: Final = (
    (("the", "time", "being"), "PRESENT_REF"), (("the", "present", "time"), "PRESENT_REF"),
    (("the", "current", "time"), "PRESENT_REF"), (("at", "present"), "PRESENT_REF"),
    (("at", "the", "moment"), "PRESENT_REF"), (("these", "days"), "PRESENT_REF"), (("this", "time"), "PRESENT_REF"),
    (("that", "time"), "PAST_REF"), (("at", "the", "time"), "PAST_REF"), (("those", "days"), "PAST_REF"),
    (("long", "ago"), "PAST_REF"), (("some", "time", "ago"), "PAST_REF"), (("some", "day"), "FUTURE_REF"),
)  # fmt: skip

PART_NOUNS: Final = MappingProxyType(
    {"beginning": "start", "start": "start", "onset": "start", "opening": "start", "turn": "start", "middle": "mid",
     "midst": "mid", "end": "end", "close": "end", "conclusion": "end"}
)  # fmt: skip
PART_WORDS: Final = MappingProxyType(
    {"early": "start", "mid": "mid", "late": "end", "earlier": "start", "later": "end"}
)

APPROXIMATE: Final = frozenset(
    ("about", "around", "almost", "nearly", "over", "roughly", "approximately", "some", "just", "barely", "only",
     "circa")
)  # fmt: skip

SET_WORDS: Final = MappingProxyType(
    {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "quarterly": "P3M",
     "yearly": "P1Y", "annual": "P1Y", "annually": "P1Y", "biennial": "P2Y", "biannual": "P6M", "hourly": "PT1H"}
)  # fmt: skip

# Weekdays with a name of their own; those of the Church year are in the table of feasts.
NAMED_WEEKDAYS: Final = frozenset(
    (("black", "monday"), ("black", "tuesday"), ("black", "wednesday"), ("black", "thursday"), ("black", "friday"),
     ("bloody", "sunday"), ("bloody", "friday"), ("super", "tuesday"), ("cyber", "monday"), ("good", "friday"),
     ("ash", "wednesday"), ("palm", "sunday"), ("easter", "sunday"), ("easter", "monday"), ("maundy", "thursday"),
     ("holy", "thursday"), ("holy", "saturday"), ("shrove", "tuesday"), ("whit", "monday"), ("whit", "sunday"),
     ("blue", "monday"), ("red", "friday"))
)  # fmt: skip

# A number that counts these is not a year.
COUNTED: Final = frozenset(
    ("people", "troops", "soldiers", "men", "women", "children", "tonnes", "tons", "dollars", "euros", "pounds",
     "kilometers", "kilometres", "km", "miles", "meters", "metres", "hectares", "barrels", "points", "percent",
     "votes", "jobs", "civilians", "refugees", "prisoners", "homes", "houses", "students", "employees", "workers",
     "aircraft", "tanks", "guns", "feet", "acres", "mw", "megawatts", "calories", "yuan", "rubles", "yen", "others",
     "casualties", "deaths", "cases", "members", "ships", "vehicles", "kg", "men", "infantry", "cavalry", "delegates")
)  # fmt: skip
