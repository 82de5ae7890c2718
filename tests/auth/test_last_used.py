from auth.last_used import LastUsed
from tests.auth.conftest import Office

FORM = {"grant_type": "client_credentials"}


async def test_a_client_s_last_use_is_noted(office: Office) -> None:
    """In memory first: nothing is written while the client waits."""
    login = await office.register_partner()

    await office.post(FORM, login)
    while_asked = await office.authority.clients.find(login[0])
    await office.authority.last_used.write()
    later = await office.authority.clients.find(login[0])

    assert while_asked is not None
    assert while_asked.used_at is None
    assert later is not None
    assert later.used_at is not None


async def test_a_refused_client_was_not_there(office: Office) -> None:
    """Only a client that proved itself was."""
    login = await office.register_partner()

    await office.post(FORM, (login[0], "wrong"))
    await office.authority.last_used.write()

    client = await office.authority.clients.find(login[0])
    assert client is not None
    assert client.used_at is None


async def test_what_is_left_is_written_at_the_end(office: Office) -> None:
    """A gateway that stops takes its notes to the store; a client no longer there spoils nothing."""
    login = await office.register_partner()
    last_used = LastUsed(office.database)

    async with last_used.running():
        last_used.note("c_gone")
        last_used.note(login[0])

    client = await office.authority.clients.find(login[0])
    assert client is not None
    assert client.used_at is not None


async def test_a_busy_client_is_written_once_a_minute(office: Office) -> None:
    """However often it asks."""
    login = await office.register_partner()
    last_used = LastUsed(office.database)
    last_used.note(login[0])
    await last_used.write()
    first = await office.authority.clients.find(login[0])

    last_used.note(login[0])
    await last_used.write()

    assert first == await office.authority.clients.find(login[0])
