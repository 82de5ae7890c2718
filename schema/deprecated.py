"""What is said of a part of the schema that goes away."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Deprecated:
    """Said beside a field, an argument or an input's field; callers are told whenever they use it.

    ``since``: from which day on; ``until``: up to which day it is there at least. ``zh`` and ``en`` say what to use
    instead. Raises ``ValueError`` where it would end before it began.
    """

    since: date
    until: date
    zh: str
    en: str

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise ValueError(f"deprecated until {self.until}, which is not after {self.since}")

    def reason(self, language: str) -> str:
        """In words, as the schema's text has it: ``en`` or ``zh``."""
        if language == "zh":
            return f"{self.zh}。{self.until.isoformat()} 之后停用。"
        return f"{self.en}. Goes after {self.until.isoformat()}."
