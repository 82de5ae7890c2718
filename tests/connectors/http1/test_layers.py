"""The way to a host looked at part by part, and when its certificate ends."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from connectors.http1.errors import WireError
from connectors.http1.layers import LayerLook
from tests.connectors.http1.certificates import Authority
from tests.connectors.http1.conftest import Way
from tests.connectors.http1.peers import answering, serving

Make = Callable[..., Way]
DAY = 86_400


async def look(way: Way, url: str) -> dict[str, LayerLook]:
    """Call once, however that ends, then look."""
    with suppress(WireError):
        await way.get(url)
    looks = await way.hosts.look(asyncio.get_running_loop().time() + 5)
    return {one.layer: one for one in looks}


async def test_every_part_of_a_secured_way_is_told_with_its_time(
    way_out: Make, authority: Authority, ca_file: Path
) -> None:
    """Name, connection, TLS; and no request is sent for it."""
    async with serving(answering, tls=authority.context("127.0.0.1")) as peer:
        parts = await look(way_out(ca_file=ca_file), peer.address)

    assert [(name, one.ok) for name, one in parts.items()] == [("dns", True), ("connect", True), ("tls", True)]
    assert all(one.seconds is not None and one.error is None for one in parts.values())


async def test_a_name_that_is_gone_is_the_first_part_that_fails(way_out: Make) -> None:
    """What lies behind it was not come to."""

    async def nothing(_: str) -> Sequence[str]:
        raise OSError

    parts = await look(way_out(nothing), "http://platform.example/")

    assert [(name, one.ok) for name, one in parts.items()] == [("dns", False), ("connect", None), ("tls", None)]
    assert parts["dns"].error == "UnresolvedError"


async def test_a_port_nobody_listens_at_is_told_from_its_name(way_out: Make) -> None:
    """The name is found, the connection is not had."""
    async with serving(answering) as peer:
        address = peer.address

    parts = await look(way_out(), address)

    assert [one.ok for one in parts.values()] == [True, False, None]


async def test_a_certificate_nobody_trusts_is_told_from_the_connection(way_out: Make, authority: Authority) -> None:
    """The connection is had, TLS is not."""
    async with serving(answering, tls=authority.context("127.0.0.1")) as peer:
        parts = await look(way_out(), peer.address)

    assert [one.ok for one in parts.values()] == [True, True, False]


async def test_the_end_of_a_certificate_is_learned_where_a_connection_opens(
    way_out: Make, authority: Authority, ca_file: Path
) -> None:
    """By host, in seconds since 1970; plain HTTP has none."""
    way, plain = way_out(ca_file=ca_file), way_out()
    async with serving(answering, tls=authority.context("127.0.0.1")) as peer, serving(answering) as other:
        await way.get(peer.address)
        await plain.get(other.address)

    [(host, ends)] = way.stats.certificates.items()
    assert host == f"127.0.0.1:{peer.port}"
    assert 0 < ends - time.time() < DAY
    assert plain.stats.certificates == {}
