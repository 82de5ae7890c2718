"""Reads one answer as the user who got it would: whole, marked stale, parts missing, or nothing at all."""

from collections.abc import Iterable, Iterator
from typing import Any

from gateway.cli.drilling.recording import FAILED, MISSING, STALE, WHOLE

Path = tuple[str | int, ...]


def outcome_of(body: dict[str, Any] | None) -> str:
    """In a word; nothing: there was no answer that could be read."""
    if body is None or (body.get("data") is None and not _of_platforms(body)):
        return FAILED
    if body.get("errors"):
        return MISSING
    return STALE if body.get("extensions", {}).get("stale") else WHOLE


def codes_of(body: dict[str, Any] | None) -> tuple[str, ...]:
    """The codes of its errors, each once."""
    return tuple(sorted({str(one.get("extensions", {}).get("code")) for one in _errors(body)}))


def blamed_by(body: dict[str, Any] | None) -> tuple[str, ...]:
    """The platforms its errors name."""
    named = [one.get("extensions", {}).get("platform") for one in _errors(body)]
    return tuple(sorted({str(name) for name in named}))


def holes_in(found: dict[str, Any], whole: dict[str, Any]) -> tuple[str, ...]:
    """Places empty beside the whole answer, with no error and no mark that says why."""
    errors = _errors(found)
    told = {tuple(one["path"]) for one in errors if one.get("path")}
    kinds = {_names(one["path"]) for one in errors if one.get("path") and "more" in one.get("extensions", {})}
    kinds |= {tuple(one["path"]) for one in found.get("extensions", {}).get("stale", [])}
    lacking = _lacking(whole.get("data"), found.get("data"), ())
    return tuple(
        ".".join(map(str, place))
        for place in lacking
        if not any(place[: len(path)] == path for path in told)
        and not any(_names(place)[: len(path)] == path for path in kinds)
    )


def _errors(body: dict[str, Any] | None) -> list[dict[str, Any]]:
    return (body or {}).get("errors") or []


def _of_platforms(body: dict[str, Any]) -> bool:
    """Whether all its errors are some platform's: then even an answer without data says what there is to say."""
    errors = _errors(body)
    return bool(errors) and all("platform" in one.get("extensions", {}) for one in errors)


def _names(place: Iterable[str | int]) -> Path:
    return tuple(part for part in place if isinstance(part, str))


def _lacking(whole: Any, found: Any, at: Path) -> Iterator[Path]:
    if found is None and whole is not None:
        yield at
    elif isinstance(whole, dict) and isinstance(found, dict):
        for name, value in whole.items():
            yield from _lacking(value, found.get(name), (*at, name))
    elif isinstance(whole, list) and isinstance(found, list):
        if len(found) < len(whole):
            yield at
        for index, pair in enumerate(zip(whole, found, strict=False)):
            yield from _lacking(*pair, (*at, index))
