"""How a page is shown: in which language, and in elder mode (适老化: larger, plainer) or not."""

import enum
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

_LANGUAGE, _SIZE = "lang", "view"
SWITCHES = frozenset({_LANGUAGE, _SIZE})
"""The parameters that change how pages are shown, on any page; a browser remembers them."""

_ELDER = "elder"
_PLAIN = "plain"
_MOST_RANGES = 32


class Language(enum.StrEnum):
    """The languages of the pages, by their tags (BCP 47)."""

    ZH = "zh"
    EN = "en"

    @property
    def tag(self) -> str:
        """What stands in ``lang``: readers and fonts need the script."""
        return "zh-Hans-CN" if self is Language.ZH else "en"

    @property
    def other(self) -> "Language":
        """The one to switch to."""
        return Language.EN if self is Language.ZH else Language.ZH


@dataclass(frozen=True, slots=True)
class View:
    """How one browser wants its pages."""

    language: Language = Language.ZH
    elder: bool = False

    @property
    def kept(self) -> str:
        """As the cookie holds it."""
        return f"{self.language}.{_ELDER if self.elder else _PLAIN}"

    def words(self, zh: str, en: str) -> str:
        """The text in this view's language."""
        return zh if self.language is Language.ZH else en


def view_of(request: Request, kept: str | None) -> View:
    """Read the view: what the address asks for, else the cookie's (``kept``), else the browser's, else Chinese."""
    language, _, size = (kept or "").partition(".")
    view = View(_language(language) or _accepted(request.headers.get("accept-language", "")), size == _ELDER)
    asked = _language(request.query_params.get(_LANGUAGE))
    wanted = request.query_params.get(_SIZE)
    view = replace(view, language=asked or view.language)
    return replace(view, elder=wanted == _ELDER) if wanted in {_ELDER, _PLAIN} else view


def switched(place: str, view: View, *, language: bool = False, size: bool = False) -> str:
    """The address of the same place in the other language, or in the other size."""
    path, _, query = place.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in SWITCHES]
    changed = [(_LANGUAGE, view.language.other.value)] if language else []
    changed += [(_SIZE, _PLAIN if view.elder else _ELDER)] if size else []
    return f"{path}?{urlencode([*kept, *changed])}"


def _language(text: str | None) -> Language | None:
    return Language(text) if text in set(Language) else None


def _accepted(header: str) -> Language:
    """RFC 9110 section 12.5.4; the first of those preferred most, Chinese where none of ours is named."""
    best, chosen = 0.0, Language.ZH
    for member in header.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        tag, _, weight = member.strip().lower().partition(";")
        language = _language(tag.strip().split("-", maxsplit=1)[0])
        quality = _quality(weight)
        if language is not None and quality > best:
            best, chosen = quality, language
    return chosen


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" and 0 <= float(value) <= 1 else 0.0
    except ValueError:
        return 0.0
