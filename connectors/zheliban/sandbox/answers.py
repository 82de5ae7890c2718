"""The envelope as the platform writes it."""

from typing import Any

import msgspec
from starlette.responses import Response


def success(data: Any) -> Response:
    """Answer with data."""
    return _enveloped({"success": True, "errorCode": None, "errorMsg": None, "data": data})


def failure(code: str, message: str) -> Response:
    """Answer with a code; HTTP 200 all the same."""
    return _enveloped({"success": False, "errorCode": code, "errorMsg": message, "data": None})


def _enveloped(envelope: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(envelope), media_type="application/json")
