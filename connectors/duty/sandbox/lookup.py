"""The look-up of members: its body, read as strictly as the contract says, and its matches."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from connectors.digests import id_digest
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.members import member_row
from connectors.duty.sandbox.tokens import LOOKUP
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import MOST_KEYS
from connectors.sandbox.contracted.problems import rejected
from connectors.sandbox.world import TENANT_ID, MemberSeed

_DIGEST = re.compile(r"[a-z0-9]{1,16}:[0-9a-f]{64}")


class _Employee(msgspec.Struct, rename="camel", frozen=True):
    tenant_id: int
    employee_code: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")]


class _Lookup(msgspec.Struct, rename="camel", frozen=True):
    id_digests: list[str] = []
    employees: list[_Employee] = []


def operations(ground: Ground) -> Sequence[Operation]:
    """``POST /api/v1/members/lookup``."""
    settings = ground.settings

    def digest(member: MemberSeed) -> str:
        return id_digest(member.person.id_number, settings.id_digest_key, settings.id_digest_version)

    by_digest = {digest(member): member for member in ground.world.members}

    def matches(body: bytes) -> dict[str, Any]:
        asked = _asked(body)
        digests = dict.fromkeys(asked.id_digests)
        employees = dict.fromkeys((entry.tenant_id, entry.employee_code) for entry in asked.employees)
        found: list[dict[str, Any]] = [
            {"idDigest": d, "member": member_row(by_digest[d])} for d in digests if d in by_digest
        ]
        for tenant, code in employees:
            member = ground.members_by_employee.get(code)
            if member is not None and tenant == TENANT_ID:
                found.append({"tenantId": tenant, "employeeCode": code, "member": member_row(member)})
        return {"matches": found}

    return [ground.post_read("members.lookup", "/members/lookup", matches, scope=LOOKUP)]


def _asked(body: bytes) -> _Lookup:
    try:
        asked = msgspec.json.decode(body, type=_Lookup)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise rejected("INVALID_PARAMETER", "the body is no look-up") from error
    if not asked.id_digests and not asked.employees:
        raise rejected("MISSING_PARAMETER", "idDigests or employees is required")
    if len(asked.id_digests) + len(asked.employees) > MOST_KEYS:
        raise rejected("TOO_MANY_KEYS", f"a look-up takes at most {MOST_KEYS} entries")
    if not all(_DIGEST.fullmatch(digest) for digest in asked.id_digests):
        raise rejected("INVALID_PARAMETER", "idDigests holds something that is no digest")
    return asked
