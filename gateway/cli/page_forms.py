"""Reads the forms and links of a page, as far as a browser without scripts needs them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_FILLED = frozenset({"hidden", "text", "search", "radio", "checkbox"})


@dataclass(frozen=True, slots=True)
class PageForm:
    """A form as it would be sent untouched; ``action`` is empty where it goes to the page itself."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    asks: set[str] = field(default_factory=set)
    """Every field's name, those included that are sent only when somebody fills them in."""


class _Reader(HTMLParser):
    """Collects forms and links."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, an input of it, or a link."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(told.get("action", ""), told.get("method", "get").lower()))
            self._inside = True
        elif tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "input" and self._inside and told.get("name"):
            self._take(self.forms[-1], told)

    def handle_endtag(self, tag: str) -> None:
        """Leave the form."""
        self._inside = self._inside and tag != "form"

    @staticmethod
    def _take(form: PageForm, told: dict[str, str]) -> None:
        form.asks.add(told["name"])
        kind = told.get("type", "text")
        chosen = "checked" in told or kind not in {"radio", "checkbox"}
        if kind in _FILLED and chosen and "disabled" not in told:
            form.fields.append((told["name"], told.get("value", "")))


def forms_of(page: str) -> list[PageForm]:
    """The forms of a page, in their order."""
    return _read(page).forms


def links_of(page: str) -> list[str]:
    """Where the links of a page lead, as they stand."""
    return _read(page).links


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader
