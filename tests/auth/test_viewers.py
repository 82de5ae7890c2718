"""Whose a token is: remembered for a while, and never older than the token."""

import time

import pytest

from auth.known_clients import KnownClients
from auth.known_persons import KnownPersons
from auth.viewers import Viewers
from connectors.viewer import Role, Scope
from tests.auth.conftest import Office
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER

SCOPES = frozenset({Scope.OPENID})


class Hall:
    """Viewers with a clock of their own, a person and a client."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.now = 0.0
        persons = KnownPersons(office.database, 60, lambda: self.now)
        self.viewers = Viewers(persons, KnownClients(office.database), lambda: self.now)
        self.person_id = self.client_id = ""

    async def open(self) -> None:
        """Sign the person in, who will be a member at the next sign-in."""
        self.office.registry.by_id_number[ID_NUMBER] = self.office.registry.by_employee["GE_chen"] = "m-1"
        viewer = await self.office.authority.viewer_of(await self.office.token(CHEN_CITIZEN))
        self.person_id, self.client_id = str(viewer.person_id), str(viewer.client_id)

    async def accounts(self, issued_at: float = 0) -> set[str]:
        """On which platforms the person of a token is known to be."""
        loaded = await self.viewers.load(self.person_id, self.client_id, SCOPES, issued_at)
        assert loaded is not None
        return set(loaded.viewer.accounts)


@pytest.fixture
async def hall(office: Office) -> Hall:
    """A hall that is open."""
    opened = Hall(office)
    await opened.open()
    return opened


async def test_a_person_is_remembered_for_a_minute(hall: Hall) -> None:
    """For tokens that were out before: what another replica stored since is seen after it."""
    before = await hall.accounts()
    await hall.office.token(CHEN_WORK)

    within = await hall.accounts()
    hall.now = 60
    after = await hall.accounts()

    assert before == within == {"zheliban"}
    assert after == {"zheliban", "zhezhengding"}


async def test_a_newer_token_s_person_is_read_again(hall: Hall) -> None:
    """The sign-in it follows from may have changed the person."""
    await hall.accounts()
    await hall.office.token(CHEN_WORK)

    assert await hall.accounts(issued_at=time.time()) == {"zheliban", "zhezhengding"}


async def test_how_old_a_viewer_is_is_told(hall: Hall) -> None:
    """So that nobody remembers them for a minute more."""
    await hall.accounts()
    hall.now = 45

    loaded = await hall.viewers.load(hall.person_id, hall.client_id, SCOPES)

    assert loaded is not None
    assert loaded.age == 45


async def test_nobody_is_nobody(hall: Hall) -> None:
    """A person who is not there, a client that is not there; a client is a viewer for itself."""
    own = await hall.viewers.load(hall.client_id, hall.client_id, SCOPES)

    assert await hall.viewers.load("p_nobody", hall.client_id, SCOPES) is None
    assert await hall.viewers.load(hall.person_id, "c_nobody", SCOPES) is None
    assert own is not None
    assert own.viewer.person_id is None
    assert own.viewer.roles == {Role.PARTNER}
