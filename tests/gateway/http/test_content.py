import pytest

from connectors.refusals import RefusedError
from gateway.http.content import check_content
from gateway.http.headers import Headers


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON;charset=UTF-8",
        'application/json; charset="utf-8"',
        "application/json;",
        "application/json; a=b",
    ],
)
def test_json_in_utf8_passes(content_type: str) -> None:
    """However it is written, JSON in UTF-8 is read; identity is no compression."""
    check_content(Headers([(b"content-type", content_type.encode()), (b"content-encoding", b"identity")]))


@pytest.mark.parametrize(
    "pairs",
    [
        [(b"content-type", b"application/json"), (b"content-type", b"application/json")],
        [(b"content-type", b"application/json, text/plain")],
        [(b"content-type", b"application/json"), (b"content-encoding", b"gzip, identity")],
        [(b"content-type", b"application/graphql")],
    ],
)
def test_all_else_does_not(pairs: list[tuple[bytes, bytes]]) -> None:
    """Two types, another type or any compression is refused."""
    with pytest.raises(RefusedError):
        check_content(Headers(pairs))
