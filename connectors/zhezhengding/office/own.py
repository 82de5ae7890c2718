"""Who may read whose: an official's own things are theirs, and the staff's to look after."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from connectors.errors import NotAllowedError, PlatformError
from connectors.viewer import Role, Scope, Viewer

T = TypeVar("T")
_LOOK_AFTER = frozenset({Role.STAFF, Role.OPS})


def looks_after(viewer: Viewer) -> bool:
    """Whether somebody may read what is others'."""
    return bool(viewer.roles & _LOOK_AFTER)


def may_read(viewer: Viewer, employee_code: str) -> bool:
    """Whether that employee's things are the viewer's to read; without an employee code one has none."""
    return viewer.employee_code == employee_code or looks_after(viewer)


def as_oneself(viewer: Viewer) -> Viewer:
    """Without ``office:read`` somebody who looks after others is told what is their own, and no more."""
    if viewer.holds(Scope.OFFICE_READ):
        return viewer
    return replace(viewer, roles=viewer.roles - _LOOK_AFTER)


def actor_of(viewer: Viewer, platform: str, operation: str) -> str:
    """The employee code in whose name something is done; raises ``NotAllowedError`` for somebody without."""
    if not viewer.employee_code:
        raise NotAllowedError(platform, operation, "no employee code")
    return viewer.employee_code


def in_places(
    keys: Sequence[str], allowed: Callable[[str], bool], found: Sequence[T], refused: PlatformError
) -> list[T | PlatformError]:
    """Put what was found for the allowed keys, in their order, beside the refusal of the others."""
    answers = iter(found)
    return [next(answers) if allowed(key) else refused for key in keys]
