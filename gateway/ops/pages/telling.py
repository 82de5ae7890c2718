"""Times, spans and shares as they are read at a glance, in the page's language. No I/O."""

from datetime import datetime, timedelta, timezone

from auth.pages.view import View

HERE = timezone(timedelta(hours=8))  # all of China keeps Beijing time, all year
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
NOTHING = "–"


class Telling:
    """For one page: ``at`` is the picture's moment, on which all that is relative rests."""

    def __init__(self, view: View, at: datetime) -> None:
        self._view = view
        self._at = at

    def clock(self, at: datetime) -> str:
        """To the second on the picture's day, with the date and to the minute on any other; Beijing time."""
        here = at.astimezone(HERE)
        if here.date() == self._at.astimezone(HERE).date():
            return f"{here:%H:%M:%S}"
        day = self._view.words(f"{here.month}月{here.day}日", f"{here.day} {_MONTHS[here.month - 1]},")
        return f"{day} {here:%H:%M}"

    def ago(self, at: datetime) -> str:
        """How long before the picture."""
        return self.span((self._at - at).total_seconds())

    def ahead(self, at: datetime) -> str:
        """How long after the picture."""
        return self.span((at - self._at).total_seconds())

    def span(self, seconds: float | None) -> str:
        """The two largest units of a span, which is never negative here."""
        if seconds is None:
            return NOTHING
        whole, words = max(0, round(seconds)), self._view.words
        if whole < _MINUTE:
            return words(f"{whole} 秒", f"{whole} s")
        if whole < _HOUR:
            return words(f"{whole // _MINUTE} 分钟", f"{whole // _MINUTE} min")
        if whole < _DAY:
            hours, minutes = whole // _HOUR, whole % _HOUR // _MINUTE
            return words(f"{hours} 小时 {minutes} 分钟", f"{hours} h {minutes} min")
        days, hours = whole // _DAY, whole % _DAY // _HOUR
        return words(f"{days} 天 {hours} 小时", f"{days} d {hours} h")


def told_ms(value: float | None) -> str:
    """Milliseconds, from one second on as seconds."""
    if value is None:
        return NOTHING
    return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.0f} ms"  # noqa: PLR2004 - a second has so many


def told_share(value: float | None) -> str:
    """A share from 0 to 1 as per cent, two digits of it."""
    if value is None:
        return NOTHING
    return f"{value * 100:.2g}%" if value < 0.1 else f"{value * 100:.0f}%"  # noqa: PLR2004 - from ten per cent on


def told_bytes(value: int | None) -> str:
    """Memory, in MB."""
    return NOTHING if value is None else f"{value / 1_000_000:.0f} MB"


def sentence(text: str) -> str:
    """A title as the first word of a line."""
    return text[:1].upper() + text[1:]


def short(title: str) -> str:
    """A platform's name where there is little room: without its article and what explains it."""
    return sentence(title.removeprefix("the ").partition(" (")[0])
