"""Who asked for a write, kept so that it can be done in their name later."""

from collections.abc import Mapping

import msgspec

from connectors.viewer import Role, Scope, Viewer


class _Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    person: str | None
    client: str | None
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    accounts: Mapping[str, str]
    member: str | None
    employee: str | None


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
    )
    return msgspec.json.encode(actor).decode()


def viewer_in(text: str) -> Viewer:
    """Read what ``told`` wrote."""
    actor = msgspec.json.decode(text, type=_Actor)
    return Viewer(actor.person, actor.client, actor.roles, actor.scopes, actor.accounts, actor.member, actor.employee)
