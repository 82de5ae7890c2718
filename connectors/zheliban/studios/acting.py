"""Who acts in a write, as the services behind IRS are told."""

from collections.abc import Mapping
from typing import Any

from connectors.errors import NotAllowedError
from connectors.viewer import Ask, Role, Viewer

_ROLES = (Role.STAFF, Role.MODERATOR)


def by_citizen(operation: str, ask: Ask, platform: str) -> Mapping[str, Any]:
    """The asker as a citizen; raises ``NotAllowedError``, without a call, where they have no account here."""
    account = ask.viewer.accounts.get(platform)
    if account is None:
        raise NotAllowedError(platform, operation, "no account")
    return {"userId": account}


def by_member(operation: str, ask: Ask, platform: str) -> Mapping[str, Any]:
    """The asker as a member; raises ``NotAllowedError``, without a call, where they are none."""
    if ask.viewer.member_key is None:
        raise NotAllowedError(platform, operation, "no member")
    return {"memberId": ask.viewer.member_key}


def by_staff(operation: str, ask: Ask, platform: str) -> Mapping[str, Any]:
    """The asker as somebody of a committee's office; raises ``NotAllowedError``, without a call, for anybody else."""
    facts = _facts(ask.viewer, platform)
    if Role.STAFF not in ask.viewer.roles or "employeeCode" not in facts:
        raise NotAllowedError(platform, operation, "no staff")
    return {"employeeCode": facts["employeeCode"], "roles": facts["roles"]}


def by_anybody(operation: str, ask: Ask, platform: str) -> Mapping[str, Any]:
    """All the asker may act as; the service decides by what allows it. Raises ``NotAllowedError`` for nobody."""
    facts = _facts(ask.viewer, platform)
    if not facts:
        raise NotAllowedError(platform, operation, "nobody")
    return facts


def _facts(viewer: Viewer, platform: str) -> dict[str, Any]:
    roles = sorted(role.name for role in _ROLES if role in viewer.roles)
    office = {"employeeCode": viewer.employee_code, "roles": roles} if viewer.employee_code and roles else {}
    told = {"userId": viewer.accounts.get(platform), "memberId": viewer.member_key, **office}
    return {name: value for name, value in told.items() if value}
