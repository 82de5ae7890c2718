"""The look-up's body, read as strictly as the contract says, and its matches."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from connectors.duty.sandbox.asking import MAX_KEYS
from connectors.duty.sandbox.problems import rejected

Row = Mapping[str, Any]
_DIGEST = re.compile(r"[a-z0-9]{1,16}:[0-9a-f]{64}")


class _Employee(msgspec.Struct, rename="camel", frozen=True):
    tenant_id: int
    employee_code: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")]


class _Lookup(msgspec.Struct, rename="camel", frozen=True):
    id_digests: list[str] = []
    employees: list[_Employee] = []


def matches_for(
    body: bytes, by_digest: Mapping[str, Row], by_employee: Mapping[tuple[int, str], Row]
) -> list[dict[str, Any]]:
    """One match per entry that is a member, each repeating the entry. Raises ``ProblemError`` for a wrong body."""
    asked = _asked(body)
    digests = dict.fromkeys(asked.id_digests)
    employees = dict.fromkeys((entry.tenant_id, entry.employee_code) for entry in asked.employees)
    found: list[dict[str, Any]] = [{"idDigest": d, "member": by_digest[d]} for d in digests if d in by_digest]
    for tenant, code in employees:
        if (tenant, code) in by_employee:
            found.append({"tenantId": tenant, "employeeCode": code, "member": by_employee[tenant, code]})
    return found


def _asked(body: bytes) -> _Lookup:
    try:
        asked = msgspec.json.decode(body, type=_Lookup)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise rejected("INVALID_PARAMETER", "the body is no look-up") from error
    if not asked.id_digests and not asked.employees:
        raise rejected("MISSING_PARAMETER", "idDigests or employees is required")
    if len(asked.id_digests) + len(asked.employees) > MAX_KEYS:
        raise rejected("TOO_MANY_KEYS", f"a look-up takes at most {MAX_KEYS} entries")
    if not all(_DIGEST.fullmatch(digest) for digest in asked.id_digests):
        raise rejected("INVALID_PARAMETER", "idDigests holds something that is no digest")
    return asked
