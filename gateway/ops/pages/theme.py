"""Light, dark or as the browser says: what somebody chose with the switch, kept by their browser."""

import enum

from starlette.requests import Request

from auth.pages.cookies import Cookie

PARAMETER = "theme"
COOKIE = Cookie("tongxin_theme", 31_536_000)


class Theme(enum.StrEnum):
    """The switch goes round them in this order."""

    AUTO = "auto"
    DARK = "dark"
    LIGHT = "light"

    @property
    def following(self) -> "Theme":
        """The one the switch leads to."""
        every = list(Theme)
        return every[(every.index(self) + 1) % len(every)]


def theme_of(request: Request, kept: str | None = None) -> Theme:
    """What the address asks for, else what was kept, else the browser's own."""
    asked = request.query_params.get(PARAMETER)
    return next((Theme(text) for text in (asked, kept) if text in set(Theme)), Theme.AUTO)
