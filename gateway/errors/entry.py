"""What one code of the registry says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from gateway.execution.operation import Language

_FALLBACK_STATUS = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. ``{name}`` in the words is a place for a fact of that name.

    ``retryable``: the very same request may succeed later. ``status``: the HTTP status when it refuses a whole
    request; None for what happens to single fields, inside an answer with status 200. ``verbatim``: what the message is
    in every language, where clients' libraries compare it; the words stand in the documentation then.
    """

    code: str
    en: str
    zh: str
    retryable: bool = False
    status: int | None = None
    verbatim: str | None = None

    @property
    def places(self) -> frozenset[str]:
        """The facts the words need."""
        return frozenset(name for words in (self.en, self.zh) for _, name, _, _ in Formatter().parse(words) if name)

    @property
    def request_status(self) -> int:
        """The HTTP status for a request that was refused with this code."""
        return self.status or _FALLBACK_STATUS

    def worded(self, language: Language, facts: Mapping[str, str | int]) -> str:
        """The sentence in that language; a fact nobody gave reads as "?" rather than costing the whole answer."""
        said = (self.zh if language is Language.ZH else self.en).format_map(_Facts(facts))
        return said[:1].upper() + said[1:]  # the sentence may begin with a platform's name


class _Facts(dict[str, str | int]):
    def __missing__(self, name: str) -> str:
        return "?"
