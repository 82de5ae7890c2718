"""A partner's back channel in a thread of its own: notes what it is told, and may strike first."""

import threading
import time
from collections.abc import Callable  # noqa: TC003 - a fixture's type
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs

_SECONDS = 30


class Partner:
    """``then`` is done once, before the next logout token is answered."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.then: Callable[[], None] | None = None
        partner = self

        class Told(BaseHTTPRequestHandler):
            """One logout token."""

            def do_POST(self) -> None:
                """Take it."""
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                then, partner.then = partner.then, None
                if then is not None:
                    then()
                partner.tokens += parse_qs(body)["logout_token"]
                if then is None:
                    self.send_response(200)
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
        self.uri = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def waited(self, tokens: int) -> None:
        """Wait until it was told so often."""
        until = time.monotonic() + _SECONDS
        while len(self.tokens) < tokens:
            assert time.monotonic() < until, "nobody tells"
            time.sleep(0.02)
