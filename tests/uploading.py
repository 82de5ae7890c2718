"""Sends files to a gateway, as a front end would."""

from typing import Any

import httpx

from tests.stack import Gateway, SignInDesk

SCOPES = "openid graph:read question:write"


async def upload(
    gateway: Gateway, token: str | None, *files: tuple[str, bytes], claimed: str = "image/png", **headers: str
) -> httpx.Response:
    """POST them as one form, all of the claimed type."""
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    parts = [("file", (name, content, claimed)) for name, content in files]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await gateway.client.post("/uploads", files=parts, headers=named)


async def uploaded(gateway: Gateway, token: str, *files: tuple[str, bytes], **headers: str) -> list[dict[str, Any]]:
    """The attachments that became of them."""
    answer = await upload(gateway, token, *files, **headers)
    assert answer.status_code == 201, answer.text
    rows: list[dict[str, Any]] = answer.json()["attachments"]
    return rows


async def citizen(desk: SignInDesk, place: int = 0, scope: str = SCOPES) -> str:
    """A citizen's token, who may ask."""
    return await desk.token(desk.sandbox.world.citizens[place].id, scope=scope)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code an upload was refused with."""
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]
