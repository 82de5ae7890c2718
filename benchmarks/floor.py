"""The floor: a bare ASGI application that answers recorded bytes. Nothing over HTTP in Python is cheaper."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import uvicorn

ANSWERS = {name: body.encode() for name, body in json.loads(Path(os.environ["FLOOR_ANSWERS"]).read_text()).items()}


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Read the request's body, answer the bytes recorded for its path."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    body = ANSWERS[scope["path"].removeprefix("/")]
    headers = [(b"content-type", b"application/graphql-response+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), loop="uvloop", http="httptools", lifespan="off", log_level="warning")
