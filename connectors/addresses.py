"""Addresses in settings: whole ones, without a user or password in them, which would stand in logs and proxies."""

from typing import Annotated

import httpx
from pydantic import AfterValidator

_HIGHEST_PORT = 65_535


def _whole(value: str) -> str:
    """The address as it is, or nothing; raises ``ValueError`` for anything a call could not be made to."""
    try:
        url = httpx.URL(value)
        fits = url.port is None or 0 < url.port <= _HIGHEST_PORT
    except (httpx.InvalidURL, ValueError):
        fits, url = False, httpx.URL("")
    if value and not (fits and url.scheme in {"http", "https"} and url.host and not url.userinfo):
        raise ValueError("allowed is an address such as https://host:port, without user and password")
    return value


Address = Annotated[str, AfterValidator(_whole)]
"""Where something is; further limits, as of the path, are the setting's own pattern."""
