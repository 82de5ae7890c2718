"""Data that other authorities share (数据共享)."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from connectors.records.shared_data import SharedData
from connectors.viewer import Ask


@runtime_checkable
class DataSharing(Protocol):
    """Reads interfaces of a data-sharing gateway, each of which has an id and a description of its own."""

    async def share(self, interface: str, params: Mapping[str, str], ask: Ask) -> SharedData:
        """Ask one interface once; what it answers is kept nowhere.

        Raises ``SlowDownError`` over quota, ``RejectedInputError`` for an interface or parameter there cannot be, else
        ``PlatformError``.
        """
