"""Parts of a file, for players that jump about in a recording (RFC 9110 section 14), and not sending what is known."""

import re
from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

_ONE = re.compile(r"bytes[ \t]*=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
_TAG_LENGTH = 32


def served(request: Request, content: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """The file, or what of it is asked for: 200, 206, 304, 416; for HEAD the same without content.

    Several ranges at once are answered with the whole, as the standard lets a server do: no player asks for them.
    """
    tag = f'"{sha256(content).hexdigest()[:_TAG_LENGTH]}"'
    told = {**headers, "ETag": tag, "Accept-Ranges": "bytes"}
    if _knows(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=told)
    if request.method == "HEAD":
        return Response(headers=told | {"Content-Length": str(len(content))}, media_type=media_type)
    wanted = _wanted(request, tag, len(content))
    if wanted is None:
        return Response(content, headers=told, media_type=media_type)
    if not wanted:
        return Response(status_code=416, headers=told | {"Content-Range": f"bytes */{len(content)}"})
    told["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{len(content)}"
    return Response(content[wanted.start : wanted.stop], 206, told, media_type)


def _knows(known: str | None, tag: str) -> bool:
    """Whether the caller has it already: compared weakly, as section 13.1.2 asks."""
    tags = [one.strip().removeprefix("W/") for one in (known or "").split(",")]
    return tag in tags or tags == ["*"]


def _wanted(request: Request, tag: str, length: int) -> range | None:
    """The one range asked for, empty where there is nothing of it; None for the whole.

    A header that cannot be read is ignored, and so is one for another version of the file (``If-Range``: a strong tag;
    files have no date).
    """
    asked = _ONE.fullmatch(request.headers.get("range", ""))
    if asked is None or request.headers.get("if-range", tag).strip() != tag:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(length - int(last), 0), length) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, length) if last else length)
