"""Which reads cost a call a key, and which do not: what ``connectors/ports/singly.py`` says holds of every platform."""

from typing import Any

import pytest

from connectors.platform import Platform
from connectors.ports import OfficialSource
from connectors.ports.singly import BY_DIRECTORY, SINGLY
from gateway.offering import PORTS
from gateway.platforms import PLATFORMS
from tests.conformance.reaching import arguments_of, asking, connected, method, reads_of
from tests.stack import Sandbox

READS = [(platform, name) for platform in PLATFORMS for name in reads_of(platform)]
APART = {source.__name__ for source in SINGLY | BY_DIRECTORY}
"""By name, as the suite asks; no two ports call a read alike."""


async def _calls(platform: Platform, name: str, keys: list[Any], more: tuple[Any, ...], sandbox: Sandbox) -> int:
    """How often one operation is called for these keys, at most; nothing is kept from before."""
    sandbox.reset()
    async with connected(platform, sandbox) as connection:
        await method(connection, name)(keys, *more, asking(sandbox.world))
    return max(sandbox.calls().values())


def _some(keys: list[Any]) -> list[Any]:
    """Three of them, or as many as the sample has and others like them that there are not."""
    if len(keys) > 1 or not isinstance(keys[0], str):
        return keys[:3]
    return [keys[0], f"{keys[0][:-1]}8", f"{keys[0][:-1]}9"]


@pytest.mark.parametrize(("platform", "name"), READS, ids=lambda part: getattr(part, "name", part))
async def test_keys_go_together_unless_the_port_says_otherwise(platform: Platform, name: str, sandbox: Sandbox) -> None:
    """For several keys an operation is called once, or, where it is named, once for each of them."""
    async with connected(platform, sandbox) as connection:
        asked, more = await arguments_of(connection, name, sandbox.world, asking(sandbox.world))
    keys = _some(asked)

    calls = await _calls(platform, name, keys, more, sandbox)

    assert len(keys) > 1
    assert calls == (len(keys) if name in APART else 1)


async def test_officials_of_one_directory_go_together(sandbox: Sandbox) -> None:
    """Their keys name it: then nobody is asked for alone."""
    [platform] = [platform for platform in PLATFORMS if "load_officials" in reads_of(platform)]
    committee = sandbox.world.committees[0]
    members = [member for member in sandbox.world.members if member.committee is committee and member.person.work]
    keys = [f"{one.person.work.employee_code}@{committee.directory_code}" for one in members[:3] if one.person.work]

    calls = await _calls(platform, OfficialSource.load_officials.__name__, keys, (), sandbox)

    assert (len(keys), calls) == (3, 1)


def test_names_tell_reads_apart() -> None:
    """No two ports have a read of the same name."""
    names = [name for port in PORTS for name in vars(port) if name.startswith(("load_", "list_"))]

    assert len(names) == len(set(names))
