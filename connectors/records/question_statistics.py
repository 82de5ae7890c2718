"""How questions go in a region, over a period."""

from datetime import date

from connectors.records.record import Record
from connectors.records.studio import StudioCategory, StudioRef


class Days(Record, frozen=True):
    """A period of whole days, both included; Hangzhou's calendar."""

    start: date
    end: date


class CategoryQuestions(Record, frozen=True):
    """Questions of one category."""

    category: StudioCategory
    asked: int
    answered: int


class DailyQuestions(Record, frozen=True):
    """Questions asked on one day, and how many of these are answered by now."""

    date: date
    asked: int
    answered: int


class RegionQuestions(Record, frozen=True):
    """Questions asked in a region and what lies in it (``key``, GB/T 2260) during a period.

    ``median_reply_minutes`` is from question to first reply; ``satisfaction`` the share of ratings of 4 or 5, 0 to 1.
    Both are None without data.
    """

    key: str
    asked: int
    answered: int
    median_reply_minutes: int | None
    satisfaction: float | None
    by_category: tuple[CategoryQuestions, ...]
    daily: tuple[DailyQuestions, ...]


class RankedStudio(Record, frozen=True):
    """A studio's place in a ranking; equal values have equal ranks. ``value`` is in the unit of the order."""

    key: str
    rank: int
    value: float
    studio: StudioRef
    region_key: str


class RankingQuery(Record, frozen=True):
    """Which ranking: of the studios in a region and what lies in it, by the replies they gave in the period."""

    region_key: str
    days: Days
