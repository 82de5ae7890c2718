"""What an answer lacks beside the one that came while all was well, and whether it says why."""

from collections.abc import Iterable, Iterator
from typing import Any

Path = tuple[str | int, ...]
_PASSING = {"url", "portraitUrl", "coverUrl", "avatarUrl"}
"""Links are sealed anew each time."""


def unsaid(healthy: dict[str, Any], found: dict[str, Any], platform: str) -> list[tuple[Path, Any]]:
    """Places that differ from the healthy answer, and what stands there, where neither an error nor a mark says why.

    Errors are that platform's; one that stands for more of its kind (``extensions.more``) tells of every row.
    """
    errors = [one for one in found.get("errors", []) if one["extensions"].get("platform") == platform]
    told = [tuple(one["path"]) for one in errors]
    kinds = [_names(one["path"]) for one in errors if "more" in one["extensions"]]
    stale = found.get("extensions", {}).get("stale", [])
    kinds += [tuple(one["path"]) for one in stale if one["platform"] == platform]
    return [
        (place, value)
        for place, value in _differences(healthy.get("data"), found.get("data"), ())
        if not any(place[: len(path)] == path for path in told)
        and not any(_names(place)[: len(path)] == path for path in kinds)
    ]


def _names(place: Iterable[str | int]) -> Path:
    return tuple(part for part in place if isinstance(part, str))


def _differences(healthy: Any, found: Any, at: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(healthy, dict) and isinstance(found, dict):
        for name, value in healthy.items():
            if name not in _PASSING:
                yield from _differences(value, found.get(name), (*at, name))
    elif isinstance(healthy, list) and isinstance(found, list) and len(healthy) == len(found):
        for index, pair in enumerate(zip(healthy, found, strict=True)):
            yield from _differences(*pair, (*at, index))
    elif healthy != found:
        yield at, found
