"""One of many who have the same rights: by whom what everybody is told alike is read once for all of them."""

from collections.abc import Mapping
from types import MappingProxyType

from connectors.viewer import Role, Scope, Viewer

_NO_ACCOUNTS: Mapping[str, str] = MappingProxyType({})


class Someone(Viewer):
    """A viewer who is nobody in particular, so that nothing of a person can come into the answer.

    ``named``: whether anything asked who exactly it is; then the answer may differ from one to the next, and what this
    one was told is of no use to the others.
    """

    __slots__ = ("named",)

    named: bool

    def __init__(self, roles: frozenset[Role], scopes: frozenset[Scope]) -> None:
        object.__setattr__(self, "roles", roles)
        object.__setattr__(self, "scopes", scopes)
        object.__setattr__(self, "named", False)

    def _asked(self) -> str | None:
        object.__setattr__(self, "named", True)
        return None

    @property
    def person_id(self) -> str | None:
        """Nobody's."""
        return self._asked()

    @property
    def member_key(self) -> str | None:
        """Nobody's."""
        return self._asked()

    @property
    def employee_code(self) -> str | None:
        """Nobody's."""
        return self._asked()

    @property
    def client_id(self) -> str | None:
        """Nobody's."""
        return self._asked()

    @property
    def accounts(self) -> Mapping[str, str]:
        """None."""
        self._asked()
        return _NO_ACCOUNTS
