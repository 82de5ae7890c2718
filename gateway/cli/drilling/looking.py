"""Looks at ``/ops`` again and again, as the operator who is on call would."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from gateway.cli.drilling.recording import Look, PlatformSeen

LOOKS_SECONDS = 0.5


async def look_on(gateway: str, operator: httpx.Cookies, now: Callable[[], float], looks: list[Look]) -> None:
    """Until cancelled."""
    async with httpx.AsyncClient(base_url=gateway, timeout=5, trust_env=False, cookies=operator) as http:
        while True:
            at = now()
            try:
                answer = await http.get("/ops/picture")
                looks.append(look_from(at, answer.raise_for_status().json()))
            except httpx.HTTPError:
                pass  # a look that fails is one that saw nothing
            await asyncio.sleep(LOOKS_SECONDS)


def look_from(at: float, picture: dict[str, Any]) -> Look:
    """What of ``/ops/picture`` a drill is about."""
    headline = picture["headline"]
    platforms = {one["name"]: _seen(one) for one in picture["platforms"]}
    return Look(round(at, 3), headline["level"], headline["zh"], headline["en"], platforms)


def _seen(one: dict[str, Any]) -> PlatformSeen:
    window = one["window"]
    cause = one["cause"] or {}
    return PlatformSeen(
        status=one["status"],
        breaker=one["breaker"]["state"],
        ahead=one["clockDifferenceSeconds"],
        requests=window["requests"],
        retries=window["retries"],
        cause=cause.get("kind"),
        where=cause.get("where"),
        zh=cause.get("zh", ""),
        en=cause.get("en", ""),
    )
