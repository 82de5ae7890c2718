"""Who asked for a write, kept so that it can be done in their name later; and in which trace, where there is one."""

from collections.abc import Mapping

import msgspec

from connectors.tracing import Cause, cause
from connectors.viewer import Role, Scope, Viewer


class _Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    person: str | None
    client: str | None
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    accounts: Mapping[str, str]
    member: str | None
    employee: str | None
    trace: tuple[str, int] | None = None


def told(viewer: Viewer) -> str:
    """As JSON, to be sealed."""
    actor = _Actor(
        viewer.person_id,
        viewer.client_id,
        viewer.roles,
        viewer.scopes,
        dict(viewer.accounts),
        viewer.member_key,
        viewer.employee_code,
        cause(),
    )
    return msgspec.json.encode(actor).decode()


def viewer_in(text: str) -> Viewer:
    """Read who it was that ``told`` wrote."""
    actor = msgspec.json.decode(text, type=_Actor)
    return Viewer(actor.person, actor.client, actor.roles, actor.scopes, actor.accounts, actor.member, actor.employee)


def cause_in(text: str) -> Cause | None:
    """Read what caused it, where that was recorded."""
    found = msgspec.json.decode(text, type=_Actor).trace
    return None if found is None else Cause(*found)
