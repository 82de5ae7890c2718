"""The cookies of sign-on, all unreadable to scripts, bound to this host where callers come by https."""

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie's name and how long it lives, in seconds; None: until the browser is closed."""

    name: str
    max_age: int | None
    same_site: Literal["lax", "none"] = "lax"


SESSION = Cookie("tongxin_session", None)
"""The browser session's secret (``Sessions``)."""

FORM = Cookie("tongxin_form", None)
"""What forms of this browser are bound to (``forgery``)."""

LEG = Cookie("tongxin_leg", 600, "none")
"""Binds a leg to a platform to this browser; ``SameSite=None``, as the company login posts back across sites."""


VIEW = Cookie("tongxin_view", 31_536_000)
"""In which language and how large this browser shows pages (``view``)."""


class Cookies:
    """Sets and reads them; ``secure`` where callers come by https, which plain loopback does not."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure

    def read(self, request: Request, cookie: Cookie) -> str | None:
        """A cookie's value, None where the browser sent none."""
        return request.cookies.get(self._name(cookie))

    def write(self, answer: Response, cookie: Cookie, value: str) -> None:
        """Have the browser keep a value."""
        # a browser drops SameSite=None without Secure; on loopback every port is the same site anyway
        same_site = cookie.same_site if self._secure else "lax"
        answer.set_cookie(
            self._name(cookie), value, cookie.max_age, path="/", secure=self._secure, httponly=True, samesite=same_site
        )

    def drop(self, answer: Response, cookie: Cookie) -> None:
        """Have the browser forget it."""
        same_site = cookie.same_site if self._secure else "lax"
        answer.delete_cookie(self._name(cookie), path="/", secure=self._secure, httponly=True, samesite=same_site)

    def _name(self, cookie: Cookie) -> str:
        return f"__Host-{cookie.name}" if self._secure else cookie.name
