"""How a connection comes about: names, addresses, TLS, and the time it may take."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from connectors.http1.errors import ConnectTooSlowError, NotSentError, UnconnectedError, UnresolvedError, UntrustedError
from tests.connectors.http1.certificates import Authority
from tests.connectors.http1.conftest import Way
from tests.connectors.http1.peers import Peer, answering, serving

Make = Callable[..., Way]


def finding(*addresses: str) -> Callable[[str], object]:
    """A resolver that finds these, whatever is looked for."""

    async def resolve(_: str) -> Sequence[str]:
        await asyncio.sleep(0)
        return addresses

    return resolve


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_both_families_are_spoken(host: str, way: Way) -> None:
    """An IPv6 address stands in brackets, in the address and in ``Host``."""
    async with serving(answering, host) as peer:
        reply = await way.get(peer.address)

    assert reply.body == b"ok"
    assert f"Host: {peer.host}:{peer.port}\r\n".encode() in peer.asked[0]


async def test_a_name_is_looked_up(way: Way) -> None:
    """By the system, where nobody else is named."""
    async with serving(answering) as peer:
        assert (await way.get(f"http://localhost:{peer.port}/")).body == b"ok"


async def test_another_address_is_tried_where_the_first_does_not_answer(way_out: Make) -> None:
    """Hosts of two families are often reached by one."""
    async with serving(answering) as peer:
        reply = await way_out(finding("::1", "127.0.0.1")).get(f"http://platform.example:{peer.port}/")

    assert reply.body == b"ok"
    assert f"Host: platform.example:{peer.port}\r\n".encode() in peer.asked[0]


async def test_a_name_nobody_knows(way_out: Make) -> None:
    """Names are gone, or known with no address: nothing was sent."""

    async def gone(_: str) -> Sequence[str]:
        raise OSError

    for resolver in (gone, finding()):
        with pytest.raises(UnresolvedError):
            await way_out(resolver).get("http://platform.example/")


async def test_nobody_listens(way: Way) -> None:
    """The connection is refused."""
    async with serving(answering) as peer:
        address = peer.address

    with pytest.raises(UnconnectedError):
        await way.get(address)
    assert (way.stats.failed, way.stats.open) == (1, 0)


async def test_a_slow_name_has_the_time_for_connecting_and_no_more(way_out: Make) -> None:
    """The call's own deadline is far."""

    async def slow(_: str) -> Sequence[str]:
        await asyncio.Event().wait()
        return ()

    with pytest.raises(ConnectTooSlowError):
        await way_out(slow, connect_timeout=0.1).get("http://platform.example/")


async def mute(_: Peer, reader: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Take the connection and say nothing."""
    await reader.read()


async def test_tls_has_the_time_for_connecting_and_no_more(way_out: Make, ca_file: Path) -> None:
    """A host that accepts and never greets; the call's own deadline is far, or nearer still."""
    async with serving(mute) as peer:
        address = peer.address.replace("http:", "https:")
        with pytest.raises(ConnectTooSlowError):
            await way_out(ca_file=ca_file, connect_timeout=0.1).get(address)
        with pytest.raises(ConnectTooSlowError):
            await way_out(ca_file=ca_file, connect_timeout=30).get(address, seconds=0.2)
        await peer.until(lambda: peer.ended == 2)


async def test_a_host_somebody_trusted_vouches_for(way_out: Make, authority: Authority, ca_file: Path) -> None:
    """The certificate is checked against the name in the address, which the host is told (SNI) to choose it by."""
    told: list[str | None] = []
    tls = authority.context("platform.example")
    tls.sni_callback = lambda _, name, __: told.append(name)
    way = way_out(finding("127.0.0.1"), ca_file)
    async with serving(answering, tls=tls) as peer:
        for _ in range(2):
            assert (await way.get(f"https://platform.example:{peer.port}/")).body == b"ok"

    assert told == ["platform.example"]
    assert peer.opened == 1


async def test_an_address_may_be_vouched_for_too(way_out: Make, authority: Authority, ca_file: Path) -> None:
    """A certificate can name an address."""
    async with serving(answering, tls=authority.context("127.0.0.1")) as peer:
        assert (await way_out(ca_file=ca_file).get(peer.address)).body == b"ok"


@pytest.mark.parametrize("how", ["nobody we trust", "another host", "an address, not the name", "long over"])
async def test_a_host_that_is_not_who_it_should_be(
    how: str, way_out: Make, authority: Authority, ca_file: Path
) -> None:
    """Self-made certificates, another host's and old ones are refused before anything is sent."""
    tls = {
        "nobody we trust": authority.context("platform.example"),
        "another host": authority.context("other.example"),
        "an address, not the name": authority.context("127.0.0.1"),
        "long over": authority.context("platform.example", days=-1),
    }[how]
    way = way_out(finding("127.0.0.1"), None if how == "nobody we trust" else ca_file)
    async with serving(answering, tls=tls) as peer:
        with pytest.raises(UntrustedError):
            await way.get(f"https://platform.example:{peer.port}/")

    assert peer.asked == []


async def test_old_tls_is_refused(way_out: Make, authority: Authority, ca_file: Path) -> None:
    """Nothing below 1.2 is spoken."""
    tls = authority.context("127.0.0.1")
    tls.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1 is deprecated"):
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
    async with serving(answering, tls=tls) as peer:
        with pytest.raises(NotSentError):
            await way_out(ca_file=ca_file).get(peer.address)


async def test_plain_http_where_tls_is_asked_for(way_out: Make, ca_file: Path) -> None:
    """A host that speaks no TLS is not spoken to."""
    async with serving(answering) as peer:
        with pytest.raises(NotSentError):
            await way_out(ca_file=ca_file, connect_timeout=0.3).get(peer.address.replace("http:", "https:"))

    assert peer.asked == []
