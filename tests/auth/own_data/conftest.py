"""An authority on a database of either kind."""

import pytest

from auth.authority import Authority
from auth.settings import AuthSettings
from auth.store import Database
from tests.auth.holdings import SECRET
from tests.auth.platforms import ID_NUMBER, AddressBook, DutyRegistry


@pytest.fixture
async def authority(database: Database) -> Authority:
    """An authority whose registry knows one member by both accounts."""
    registry = DutyRegistry({ID_NUMBER: "m-chen"}, {"GE_chen": "m-chen"})
    opened = Authority(
        AuthSettings(secret=SECRET), database, signins=[], lookup=registry, officials=AddressBook(), committees=registry
    )
    await opened.open()
    return opened
