"""Persons are asked for by digest, for a purpose, and only where that was switched on."""

import json
from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest

from connectors.command.settings import CommandSettings
from connectors.digests import id_digest
from connectors.errors import NotConfiguredError
from connectors.records.person_lookup import PersonQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask

Connected = Callable[..., SimpleNamespace]
NOBODY = "110101190001010010"


async def test_no_number_leaves_the_gateway(
    command: SimpleNamespace, settings: CommandSettings, world: World, ask: Ask
) -> None:
    """What goes out is the digest and the purpose; the number stands in no request and in no record's text."""
    number = world.citizens[0].id_number
    query = PersonQuery(number, "核对救助申请")

    [found] = await command.persons.find_persons([query], ask)

    [request] = command.requests
    digest = id_digest(number, settings.id_digest_key, settings.id_digest_version)
    assert json.loads(request.content) == {"idDigests": [digest], "purpose": "核对救助申请"}
    assert (found.key, found.found, found.name) == (digest, True, world.citizens[0].name)
    assert number not in f"{query}{found}{request.url}"


async def test_those_of_one_purpose_go_together_and_nothing_is_kept(
    command: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """Two purposes are two calls, and the same question is asked again."""
    first, second = world.citizens[0].id_number, world.citizens[1].id_number
    queries = [PersonQuery(first, "核对救助申请"), PersonQuery(NOBODY, "核对救助申请"), PersonQuery(second, "走访慰问")]

    found = await command.persons.find_persons(queries, ask)
    again = await command.persons.find_persons(queries, ask)

    assert [(one.found, one.purpose) for one in found] == [
        (True, "核对救助申请"),
        (False, "核对救助申请"),
        (True, "走访慰问"),
    ]
    assert again == found
    assert sandbox.calls["persons.lookup"] == 4


@pytest.mark.parametrize("lacking", [{"person_lookup": False}, {"id_digest_key": ""}])
async def test_switched_off_nobody_is_asked(
    lacking: dict[str, object], settings: CommandSettings, sandbox: SandboxApp, connected: Connected, ask: Ask
) -> None:
    """Off is how it comes; without a key for digests nobody could be asked for."""
    off = CommandSettings.model_validate(settings.model_dump() | lacking)
    command = connected(off, httpx.ASGITransport(sandbox))

    [answer] = await command.persons.find_persons([PersonQuery(NOBODY, "核对救助申请")], ask)

    assert isinstance(answer, NotConfiguredError)
    assert command.requests == []
    assert CommandSettings().with_sandbox().looks_up is False
