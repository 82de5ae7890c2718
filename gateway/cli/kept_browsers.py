"""The cookies of sandbox people who signed in by ``tongxin token``: one browser a person, kept by its owner only."""

import tempfile
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx
import msgspec

_FILE = "sandbox-browsers.json"


class _Kept(msgspec.Struct, frozen=True):
    """A cookie."""

    name: str
    value: str
    domain: str


def browser_of(folder: Path, person: str) -> httpx.Cookies:
    """The cookies of a person's browser; none for a new one."""
    # the gateway's cookies may be for https only, and this is the way beside it, on this machine alone
    jar = httpx.Cookies(CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https"))))
    for cookie in _read(folder).get(person, []):
        jar.set(cookie.name, cookie.value, domain=cookie.domain)
    return jar


def keep_browser(folder: Path, person: str, cookies: httpx.Cookies) -> None:
    """Keep a person's browser until the next time."""
    kept = _read(folder)
    kept[person] = [_Kept(cookie.name, cookie.value or "", cookie.domain) for cookie in cookies.jar]
    with tempfile.NamedTemporaryFile("wb", dir=folder, delete=False) as made:  # mode 0600
        made.write(msgspec.json.encode(kept))
    Path(made.name).replace(folder / _FILE)


def _read(folder: Path) -> dict[str, list[_Kept]]:
    path = folder / _FILE
    return msgspec.json.decode(path.read_bytes(), type=dict[str, list[_Kept]]) if path.exists() else {}
