"""The IDE's files on this disk, as ``make ide`` put them there."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

_NEEDED = {"favicon.ico", "main.js", "polyfills.js", "styles.css"}  # what page.html names

_TYPES = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""What is served. No pages among it: the only page is ours, with its policy."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")


@dataclass(frozen=True)
class InstalledFile:
    """One file that may be served."""

    path: Path
    media_type: str


@dataclass(frozen=True)
class Installed:
    """What was there when the process started, by the path under ``dist``; what comes later is not served."""

    version: str
    files: dict[str, InstalledFile]


def installed_in(folder: Path) -> Installed | None:
    """Read the folder: the package's ``package.json`` and, under ``dist``, its built files.

    None where they are not, or not all of them: then ``make ide`` was not run, or was stopped midway. Links are left
    out, so nothing outside the folder is ever served.
    """
    version = _version_in(folder)
    dist = folder / "dist"
    files = {
        path.relative_to(dist).as_posix(): InstalledFile(path, _TYPES[path.suffix])
        for path in sorted(dist.rglob("*"))
        if path.suffix in _TYPES and path.is_file() and not path.is_symlink()
    }
    if version is None or not files.keys() >= _NEEDED:
        return None
    return Installed(version, files)


def _version_in(folder: Path) -> str | None:
    try:
        version = json.loads((folder / "package.json").read_bytes())["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else None
