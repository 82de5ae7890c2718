"""The person who asks, as sign-on knows them."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.account import Account
from connectors.viewer import Ask


@runtime_checkable
class AccountSource(Protocol):
    """Knows persons and their accounts; tells each only of themselves."""

    async def load_accounts(self, keys: Sequence[str], ask: Ask) -> Sequence[Account | PlatformError | None]:
        """Read persons by id; None for anybody but the asker."""
