"""Makes platforms' rich text safe: what is not known to be harmless does not come through.

The library nh3 reads it as browsers do (HTML, "Parsing HTML documents") and writes it anew. Elements and attributes
that are not on the lists go; the text inside stays, but for what is no text to read (scripts, styles, forms).

Reading as browsers do takes time by the square for text that is made to: what holds more than any page does keeps
its text alone.
"""

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectors.records.rich_text import RichText

if TYPE_CHECKING:
    from nh3 import Cleaner

_BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption")
_TABLES = ("table", "thead", "tbody", "tr", "th", "td")
_INLINE = ("a", "strong", "em", "b", "i", "u", "s", "sub", "sup", "span", "code")
ELEMENTS = frozenset({*_BLOCKS, *_TABLES, *_INLINE})
VOID = frozenset({"br", "hr", "img"})
ATTRIBUTES = {"a": ("href", "title"), "img": ("src", "alt"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
_FOREIGN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math")
_UNREAD = frozenset({*_FOREIGN, "form", "select", "textarea", "title"})
_LINKS = frozenset({"href", "src"})
_SPANS = frozenset({"colspan", "rowspan"})
_WIDEST = 100
_MOST_TAGS = 10_000
_MOST_SEPARATORS = 50_000
_MOST_REOPENED = 1_000_000
_TAG = re.compile(r"<[^<>]*>")
_SEPARATOR = re.compile(r"[\s/\"']")
_FORMATTING = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)


def cleaned(html: str) -> RichText:
    """Rich text from a platform's HTML; links lead out with nothing of ours."""
    return RichText(html=escape(_TAG.sub("", html), quote=False) if _is_overgrown(html) else _cleaner().clean(html))


def _is_overgrown(html: str) -> bool:
    """Whether reading it could take long: by tags, by attributes, or by formatting that each block opens again."""
    tags = html.count("<")
    if tags > _MOST_TAGS or len(_FORMATTING.findall(html)) * tags > _MOST_REOPENED:
        return True
    return len(html) > _MOST_SEPARATORS and sum(1 for _ in _SEPARATOR.finditer(html)) > _MOST_SEPARATORS


def _harmless(_tag: str, name: str, value: str) -> str | None:
    """The attribute's value, or None where it must go."""
    if name in _LINKS:
        return value if _is_whole_address(value) else None
    return None if name in _SPANS and not _is_span(value) else value


def _is_whole_address(value: str) -> bool:
    """A link must be a whole web address: no script, no path on whatever page shows it."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and value.isprintable() and "\ufffd" not in value


def _is_span(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= len(str(_WIDEST)) and int(value) <= _WIDEST


@cache
def _cleaner() -> "Cleaner":
    from nh3 import Cleaner  # noqa: PLC0415 - 1.5 MB, for nothing until the first rich text comes

    return Cleaner(
        tags={*ELEMENTS, *VOID},
        clean_content_tags=set(_UNREAD),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_harmless,
        url_schemes={"http", "https"},
        url_relative="deny",
        generic_attribute_prefixes=set(),
        link_rel="nofollow noopener noreferrer",
    )
