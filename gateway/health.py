"""Whether the process lives, and whether it may receive traffic (application/health+json)."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from gateway.parts import Parts


class Health:
    """Never looks at a platform: a gateway whose platforms are ill still answers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def live(self, _: Request) -> Response:
        """The process runs."""
        return _answer(healthy=True)

    async def ready(self, _: Request) -> Response:
        """The database is up to date and the graph is built."""
        return _answer(healthy=self._parts.ready)


def _answer(*, healthy: bool) -> Response:
    body = msgspec.json.encode({"status": "pass" if healthy else "fail"})
    headers = {"Cache-Control": "no-store"}
    return Response(body, 200 if healthy else 503, media_type="application/health+json", headers=headers)
