"""What is taken for an answer, and what is refused, byte by byte over real sockets."""

import asyncio
import gzip
import zlib

import pytest

from connectors.http1.errors import AnswerTooSlowError, LostError, MalformedError, TooLargeError, WireError
from connectors.http1.framing import MOST_BODY_BYTES, MOST_FIELDS, MOST_HEAD_BYTES
from tests.connectors.http1.conftest import Way
from tests.connectors.http1.peers import OK, Peer, saying, serving, staying

BODY = b'{"a": "' + b"x" * 3000 + b'"}'
GZIP, ZLIB = gzip.compress(BODY), zlib.compress(BODY)
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
BARE = RAW.compress(BODY) + RAW.flush()


def head(*lines: str, status: str = "200 OK") -> bytes:
    """A head of these lines."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def sized(body: bytes, *lines: str) -> bytes:
    """An answer that says how long it is."""
    return head(*lines, f"Content-Length: {len(body)}") + body


def chunked(*chunks: bytes, more: bytes = b"", end: bytes = b"0\r\n\r\n") -> bytes:
    """An answer in chunks."""
    written = b"".join(b"%x%b\r\n%b\r\n" % (len(chunk), more, chunk) for chunk in chunks)
    return head("Transfer-Encoding: chunked") + written + end


TAKEN: dict[str, tuple[bytes, int, bytes]] = {
    "a length": (sized(BODY), 200, BODY),
    "no body": (sized(b""), 200, b""),
    "chunks": (chunked(b"abc", b"defg" * 1000, b"h"), 200, b"abc" + b"defg" * 1000 + b"h"),
    "chunks with extensions": (chunked(b"abc", more=b";a=b"), 200, b"abc"),
    "chunks and trailers": (chunked(b"abc", end=b"0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n"), 200, b"abc"),
    "until it closes": (head("Content-Type: text/plain") + b"all of it", 200, b"all of it"),
    "HTTP/1.0 until it closes": (b"HTTP/1.0 200 OK\r\n\r\nold", 200, b"old"),
    "gzip": (sized(GZIP, "Content-Encoding: gzip"), 200, BODY),
    "gzip by its old name": (sized(GZIP, "content-encoding: X-GZip"), 200, BODY),
    "deflate": (sized(ZLIB, "Content-Encoding: deflate"), 200, BODY),
    "deflate without its frame": (sized(BARE, "Content-Encoding: deflate"), 200, BODY),
    "as it is": (sized(BODY, "Content-Encoding: identity"), 200, BODY),
    "gzip of nothing": (head("Content-Encoding: gzip", "Content-Length: 0"), 200, b""),
    "no content": (head(status="204 No Content"), 204, b""),
    "not modified, with the length it would have": (head("Content-Length: 9", status="304 Not Modified"), 304, b""),
    "a redirect": (head("Location: http://127.0.0.1:1/", "Content-Length: 0", status="302 Found"), 302, b""),
    "interim answers first": (
        head(status="100 Continue") + head("Link: </a>", status="103 Early Hints") + sized(b"ok"),
        200,
        b"ok",
    ),
    "no reason": (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
    "an error": (head("Content-Length: 2", status="500 Oops") + b"no", 500, b"no"),
}


@pytest.mark.parametrize("how", TAKEN)
async def test_an_answer_is_taken(how: str, way: Way) -> None:
    """Status and body are what was meant."""
    words, status, body = TAKEN[how]

    async with serving(saying(words)) as peer:
        reply = await way.get(peer.address)

    assert (reply.status, reply.body) == (status, body)


@pytest.mark.parametrize("how", ["a length", "chunks and trailers", "gzip", "interim answers first", "no content"])
async def test_an_answer_may_come_byte_by_byte(how: str, way: Way) -> None:
    """Where the network cuts makes no difference."""
    words, status, body = TAKEN[how]

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await peer.request(reader)
        for at in range(0, len(words), 1 if len(words) < 300 else 97):
            writer.write(words[at : at + (1 if len(words) < 300 else 97)])
            await writer.drain()
            await asyncio.sleep(0)

    async with serving(talk) as peer:
        reply = await way.get(peer.address)

    assert (reply.status, reply.body) == (status, body)


CHUNKED = "Transfer-Encoding: chunked"
BOMB = gzip.compress(b"0" * (MOST_BODY_BYTES + 1))
REFUSED: dict[str, tuple[bytes, type[WireError]]] = {
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", MalformedError),
    "no number": (b"HTTP/1.1 abc OK\r\n\r\n", MalformedError),
    "a status of two digits": (b"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n", MalformedError),
    "a status that is none": (head("Content-Length: 0", status="700 What"), MalformedError),
    "HTTP/2": (b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", MalformedError),
    "HTTP/0.9": (b"HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n", MalformedError),
    "a length that is none": (head("Content-Length: many") + b"x", MalformedError),
    "a negative length": (head("Content-Length: -1") + b"x", MalformedError),
    "a length beyond numbers": (head("Content-Length: " + "9" * 40) + b"x", MalformedError),
    "two lengths": (head("Content-Length: 2", "Content-Length: 3") + b"abc", MalformedError),
    "one length twice": (head("Content-Length: 2", "Content-Length: 2") + b"ab", MalformedError),
    "a list of lengths": (head("Content-Length: 2, 2") + b"ab", MalformedError),
    "a length and chunks": (head("Content-Length: 5", CHUNKED) + b"0\r\n\r\n", MalformedError),
    "chunks and a length": (head(CHUNKED, "Content-Length: 5") + b"0\r\n\r\n", MalformedError),
    "chunks twice": (head(CHUNKED, CHUNKED) + b"0\r\n\r\n", MalformedError),
    "a coding before chunks": (head("Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n", MalformedError),
    "a coding alone": (head("Transfer-Encoding: gzip") + b"x", MalformedError),
    "chunks hidden": (head("Transfer-Encoding: xchunked") + b"x", MalformedError),
    "a folded line": (head("X-A: b", " c", "Content-Length: 0"), MalformedError),
    "a blank before the colon": (head("Content-Length : 0"), MalformedError),
    "a line without a colon": (head("what", "Content-Length: 0"), MalformedError),
    "lines that end in LF alone": (b"HTTP/1.1 200 OK\nContent-Length: 0\n\n", MalformedError),
    "a NUL in a value": (head("X-A: b\0c", "Content-Length: 0"), MalformedError),
    "a size that is none": (head(CHUNKED) + b"zz\r\nabc\r\n0\r\n\r\n", MalformedError),
    "a chunk longer than it says": (head(CHUNKED) + b"2\r\nabc\r\n0\r\n\r\n", MalformedError),
    "a length behind the chunks": (chunked(b"abc", end=b"0\r\nContent-Length: 9\r\n\r\n"), MalformedError),
    "an upgrade": (head("Upgrade: x", "Connection: upgrade", status="101 Switching Protocols"), MalformedError),
    "a switch without an upgrade": (head(status="101 Switching Protocols"), MalformedError),
    "a second answer": (OK + OK, MalformedError),
    "more than its length": (OK + b"!", MalformedError),
    "not the encoding it says": (sized(b"nope", "Content-Encoding: gzip"), MalformedError),
    "cut gzip": (sized(GZIP[:-9], "Content-Encoding: gzip"), MalformedError),
    "gzip and more": (sized(GZIP + b"x", "Content-Encoding: gzip"), MalformedError),
    "an encoding nobody asked for": (sized(b"x", "Content-Encoding: br"), MalformedError),
    "two encodings": (sized(GZIP, "Content-Encoding: gzip", "Content-Encoding: gzip"), MalformedError),
    "too long a length": (head(f"Content-Length: {MOST_BODY_BYTES + 1}"), TooLargeError),
    "a bomb": (sized(BOMB, "Content-Encoding: gzip"), TooLargeError),
    "too many fields": (head(*["X-A: b"] * (MOST_FIELDS + 1), "Content-Length: 0"), TooLargeError),
    "a field without end": (b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * (MOST_HEAD_BYTES * 5), TooLargeError),
    "fields without end": (b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * MOST_HEAD_BYTES, TooLargeError),
    "interim answers without end": (head(status="100 Continue") * MOST_HEAD_BYTES, TooLargeError),
    "no answer": (b"", LostError),
    "cut in its head": (b"HTTP/1.1 200 OK\r\nContent-Le", LostError),
    "cut in its body": (head("Content-Length: 9") + b"half", LostError),
    "cut in a chunk": (head(CHUNKED) + b"9\r\nhalf", LostError),
    "cut before the last chunk": (head(CHUNKED) + b"4\r\nhalf\r\n", LostError),
    "cut behind an interim answer": (head(status="100 Continue"), LostError),
}


@pytest.mark.parametrize("how", REFUSED)
async def test_what_is_no_answer_is_refused(how: str, way: Way) -> None:
    """It has its error, tells nothing of the host, and the connection is gone."""
    words, kind = REFUSED[how]

    async with serving(saying(words)) as peer:
        with pytest.raises(WireError) as raised:
            await way.get(peer.address)
        await peer.until(lambda: peer.ended == 1)

    assert type(raised.value) is kind
    assert "127.0.0.1" not in str(raised.value)
    assert way.stats.open == 0


async def test_a_body_without_end_is_left(way: Way) -> None:
    """Chunks, trailers or bytes for ever are read up to the bound and no further."""
    for beginning, piece in ((head(CHUNKED), b"1000\r\n" + b"x" * 4096 + b"\r\n"), (head("X-A: b"), b"x" * 4096)):

        async def talk(
            peer: Peer,
            reader: asyncio.StreamReader,
            writer: asyncio.StreamWriter,
            said: tuple[bytes, bytes] = (beginning, piece),
        ) -> None:
            await peer.request(reader)
            writer.write(said[0])
            while not reader.at_eof():
                writer.write(said[1] * 64)
                await writer.drain()

        async with serving(talk) as peer:
            with pytest.raises(TooLargeError):
                await way.get(peer.address)
            await peer.until(lambda peer=peer: peer.ended == 1)  # type: ignore[misc]  # mypy infers no bound default


async def test_a_body_at_the_bound_is_taken(way: Way) -> None:
    """16 MiB to the byte."""
    async with serving(saying(sized(b"x" * MOST_BODY_BYTES))) as peer:
        assert len((await way.get(peer.address)).body) == MOST_BODY_BYTES


@pytest.mark.parametrize("lines", [("Content-Length: 1000",), (CHUNKED,), ()])
async def test_an_answer_to_head_has_no_body(lines: tuple[str, ...], way: Way) -> None:
    """Whatever its head says of the body that GET would bring."""
    async with serving(staying(head(*lines))) as peer:
        reply = await way.head(peer.address)

    assert (reply.status, reply.body) == (200, b"")


async def test_a_deadline_ends_the_call_and_the_connection(way: Way) -> None:
    """Half an answer is waited for until then; the rest of it must not become the next one's."""
    async with serving(staying(head("Content-Length: 9") + b"half")) as peer:
        with pytest.raises(AnswerTooSlowError):
            await way.get(peer.address, seconds=0.1)
        await peer.until(lambda: peer.ended == 1)

    assert way.stats.open == 0


async def test_a_reset_is_a_lost_connection(way: Way) -> None:
    """With something of the answer or without."""

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await peer.request(reader)
        writer.transport.abort()

    async with serving(talk) as peer:
        with pytest.raises(LostError):
            await way.get(peer.address)


async def test_lines_of_the_head_come_in_order(way: Way) -> None:
    """Names in lower case, values as they were."""
    async with serving(saying(head("X-A: One", "x-a: Two", "Content-Length: 0"))) as peer:
        reply = await way.get(peer.address)

    assert reply.fields == [(b"x-a", b"One"), (b"x-a", b"Two"), (b"content-length", b"0")]
    assert (reply.first(b"x-a"), reply.first(b"x-b")) == (b"One", None)
    assert "One" not in repr(reply)
