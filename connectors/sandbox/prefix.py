"""A sandbox platform below a path, as behind a proxy: a real one's address may have one too."""

from typing import Any

from starlette.responses import Response


class BelowPath:
    """Serves ``app`` below ``prefix`` (no slash at the end; empty: at the root) and 404 elsewhere.

    The platform sees its own paths, as it would behind a proxy; what is signed is what it sees.
    """

    def __init__(self, app: Any, prefix: str) -> None:
        self._app = app
        self._prefix = prefix.rstrip("/")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve as ASGI."""
        if scope["type"] != "http" or not self._prefix:
            await self._app(scope, receive, send)
        elif scope["path"].startswith(self._prefix + "/"):
            raw = scope["raw_path"].removeprefix(self._prefix.encode())
            inner = scope | {"path": scope["path"].removeprefix(self._prefix), "raw_path": raw}
            await self._app(inner, receive, send)
        else:
            await Response(status_code=404)(scope, receive, send)
