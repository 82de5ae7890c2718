"""What a POST says of its body: only JSON in UTF-8, uncompressed, is read."""

from gateway.http.headers import Headers
from gateway.http.refusal import RequestRefusedError
from gateway.http.remembering import remembered

_ACCEPTED = (b"accept-post", b"application/json")
_UNCOMPRESSED = (b"accept-encoding", b"identity")


def check_content(headers: Headers) -> None:
    """Let ``application/json`` in UTF-8 pass. Raises ``RequestRefusedError`` (415) for all else.

    That no other type is read also keeps foreign pages out: a browser sends ``application/json`` across origins only
    after asking first.
    """
    codings = headers.all("content-encoding")
    if codings and any(coding.lower() not in ("", "identity") for coding in codings):
        raise RequestRefusedError("UNSUPPORTED_ENCODING", (_UNCOMPRESSED,))
    if not is_json(headers.sole("content-type")):
        raise RequestRefusedError("UNSUPPORTED_MEDIA_TYPE", (_ACCEPTED,))


@remembered
def is_json(content_type: str | None) -> bool:
    """Whether that is the one media type read here."""
    media_type, *parameters = (content_type or "").split(";")
    return media_type.strip().lower() == "application/json" and all(map(_suits, parameters))


def _suits(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip().lower() != "charset" or value.strip().strip('"').lower() in ("utf-8", "utf8")
