"""What a POST says of its body: only JSON in UTF-8, uncompressed, is read."""

from gateway.http.headers import Headers
from gateway.http.refusal import RequestRefusedError

_ACCEPTED = (b"accept-post", b"application/json")
_UNCOMPRESSED = (b"accept-encoding", b"identity")


def check_content(headers: Headers) -> None:
    """Let ``application/json`` in UTF-8 pass. Raises ``RequestRefusedError`` (415) for all else.

    That no other type is read also keeps foreign pages out: a browser sends ``application/json`` across origins only
    after asking first.
    """
    if any(coding.lower() not in ("", "identity") for coding in headers.all("content-encoding")):
        raise RequestRefusedError("UNSUPPORTED_ENCODING", (_UNCOMPRESSED,))
    media_type, *parameters = (headers.sole("content-type") or "").split(";")
    if media_type.strip().lower() != "application/json" or not all(map(_suits, parameters)):
        raise RequestRefusedError("UNSUPPORTED_MEDIA_TYPE", (_ACCEPTED,))


def _suits(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip().lower() != "charset" or value.strip().strip('"').lower() in ("utf-8", "utf8")
