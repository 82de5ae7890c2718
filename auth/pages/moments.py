"""Times in words, on the clock of the people who read them."""

from datetime import datetime, timedelta, timezone

from auth.pages.view import View

_HERE = timezone(timedelta(hours=8))  # all of China keeps Beijing time, all year
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def told_moment(at: datetime, view: View) -> str:
    """A moment to the minute, Beijing time."""
    here = at.astimezone(_HERE)
    clock = f"{here.hour:02}:{here.minute:02}"
    return view.words(
        f"{here.year}年{here.month}月{here.day}日 {clock}",
        f"{here.day} {_MONTHS[here.month - 1]} {here.year}, {clock}",
    )
