"""How somebody proved who they are."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Proof:
    """How and when a person proved who they are (RFC 9068 section 2.2.1): level as in ``Identity``, by what."""

    at: int
    level: int
    methods: tuple[str, ...]

    def claims(self) -> dict[str, Any]:
        """As claims of a token."""
        return {"auth_time": self.at, "acr": str(self.level), "amr": list(self.methods)}
