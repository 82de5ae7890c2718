"""``MediaStore`` over the sandbox (wire-formats A6.2, A2.3)."""

from typing import TYPE_CHECKING, Any

import pytest

from connectors.errors import NotFoundError, PlatformError, RejectedInputError, UnexpectedAnswerError
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.notifications.media import ZhezhengdingMedia
from connectors.zhezhengding.sandbox.app import build_sandbox

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench

PNG = b"\x89PNG\r\n\x1a\n\x00\xff"


def media(bench: "Bench", **changes: Any) -> ZhezhengdingMedia:
    """The port, by settings with such changes."""
    if changes:
        bench.settings = bench.settings.model_validate({**dict(bench.settings), "media": changes})
    return ZhezhengdingMedia(bench.settings, bench.client())


@pytest.mark.parametrize("where", ["both", "query", "parts"])
@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_file_comes_back(bench: "Bench", where: str, method: str) -> None:
    """A2.3: wherever the text parameters stand, whichever way it is fetched; the token is asked for once."""
    port = media(bench, params_in=where, download_method=method)

    media_id = await port.keep_media("照片.png", "image/png", PNG, bench.ask())

    assert await port.open_media(media_id, bench.ask()) == ("image/png", PNG)
    assert bench.sandbox.calls == {"gettoken": 1, "media.upload": 1, "media.download": 1}


async def test_a_forgotten_token_is_renewed(bench: "Bench") -> None:
    """240133 on an upload or a download: a new token, once, and the same call again."""
    port = media(bench)
    await port.keep_media("a.png", "image/png", PNG, bench.ask())
    bench.wire.app = restarted = build_sandbox(bench.settings, bench.world)

    media_id = await port.keep_media("b.txt", "text/plain", b"b", bench.ask())

    assert await port.open_media(media_id, bench.ask()) == ("text/plain", b"b")
    assert restarted.calls == {"gettoken": 1, "media.upload": 2, "media.download": 1}


@pytest.mark.parametrize("media_id", ["$never", "no such id", "", "../../etc/passwd"])
async def test_an_unknown_id_is_no_file(bench: "Bench", media_id: str) -> None:
    """Unknown to the platform, or such that it could not be one."""
    with pytest.raises(NotFoundError):
        await media(bench).open_media(media_id, bench.ask())


@pytest.mark.parametrize("body", [b"", b"x" * 1001])
async def test_empty_and_large_files_are_not_sent(bench: "Bench", body: bytes) -> None:
    """D ``zzd.media.max_bytes``."""
    with pytest.raises(RejectedInputError):
        await media(bench, max_bytes=1000).keep_media("a", "text/plain", body, bench.ask())
    assert bench.wire.requests == []


@pytest.mark.parametrize("fault", [FaultKind.HTTP500, FaultKind.GARBAGE, FaultKind.FAILURE_ENVELOPE])
async def test_a_fault_is_no_file(bench: "Bench", fault: FaultKind) -> None:
    """What stands in a file's place is never taken for the file."""
    port = media(bench)
    media_id = await port.keep_media("a.png", "image/png", PNG, bench.ask())
    bench.sandbox.faults.put(Fault(fault, "media.download"))

    with pytest.raises(PlatformError) as caught:
        await port.open_media(media_id, bench.ask())

    assert isinstance(caught.value, UnexpectedAnswerError)


@pytest.mark.parametrize("media_type", ["", "image", "image/png\r\nX-Evil: 1", "图/png", "image/png; a=b", "a/b\x00"])
async def test_what_is_no_media_type_is_not_sent(bench: "Bench", media_type: str) -> None:
    """It stands in a part's header: a line feed in it would begin another."""
    with pytest.raises(RejectedInputError):
        await media(bench).keep_media("a", media_type, b"x", bench.ask())
    assert bench.wire.requests == []
