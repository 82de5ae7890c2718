"""Makes platforms' rich text safe: what is not known to be harmless does not come through.

Elements and attributes that are not on the lists go; the text inside stays, but for what is no text to read (scripts,
styles, forms). The result is written anew, well-nested, whatever came in.
"""

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from connectors.records.rich_text import RichText

_BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption")
_TABLES = ("table", "thead", "tbody", "tr", "th", "td")
_INLINE = ("a", "strong", "em", "b", "i", "u", "s", "sub", "sup", "span", "code")
ELEMENTS = frozenset({*_BLOCKS, *_TABLES, *_INLINE})
VOID = frozenset({"br", "hr", "img"})
ATTRIBUTES = {"a": ("href", "title"), "img": ("src", "alt"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
_FOREIGN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math")
_UNREAD = frozenset({*_FOREIGN, "form", "select", "textarea", "title"})
_LINKS = frozenset({"href", "src"})
_DEEPEST = 100


def cleaned(html: str) -> RichText:
    """Rich text from a platform's HTML."""
    cleaner = _Cleaner()
    cleaner.feed(html)
    cleaner.close()
    return RichText(html=cleaner.written())


class _Cleaner(HTMLParser):
    """Writes one text; used once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._unread: list[str] = []

    def written(self) -> str:
        """All that came through, with what is open closed."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or leave it out."""
        if tag in _UNREAD:
            self._unread.append(tag)
        if self._unread:
            return
        if tag in VOID:
            self._parts.append(f"<{tag}{_kept(tag, attrs)}>")
        elif tag in ELEMENTS and len(self._open) < _DEEPEST:
            self._open.append(tag)
            self._parts.append(f"<{tag}{_kept(tag, attrs)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br/>``; on other elements the slash means nothing (HTML, "Start tags")."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what is still open inside it."""
        if self._unread:
            if tag in self._unread:
                del self._unread[self._unread.index(tag) :]
        elif tag in self._open:
            while (inner := self._open.pop()) != tag:
                self._parts.append(f"</{inner}>")
            self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self._unread:
            self._parts.append(escape(data, quote=False))


def _kept(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    """The attributes that may stay; links leave with nothing of ours."""
    allowed = ATTRIBUTES.get(tag, ())
    told = {name: value for name, value in attrs if name in allowed and value and _harmless(name, value)}
    more = {"rel": "nofollow noopener noreferrer"} if tag == "a" and "href" in told else {}
    return "".join(f' {name}="{escape(value)}"' for name, value in (told | more).items())


def _harmless(name: str, value: str) -> bool:
    """A link must be a whole web address: no script, no path on whatever page shows it."""
    if name in _LINKS:
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.hostname) and value.isprintable()
    return name not in ("colspan", "rowspan") or (value.isascii() and value.isdigit() and int(value[:3]) <= _DEEPEST)
