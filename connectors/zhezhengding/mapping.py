"""From what 浙政钉 tells at sign-in to an identity. Pure; empty texts become None, as the platform means them."""

from connectors.records.identity import Identity
from connectors.zhezhengding.payloads import AppUserPayload
from connectors.zhezhengding.settings import NAME


def identity_from(payload: AppUserPayload, tenant_id: int) -> Identity:
    """Read who signed in; ``tenant_id`` is the application's own, for older answers that name none.

    The platform tells neither a mobile number nor how strongly the person was verified: level 1.
    """
    tenant = payload.tenantId or tenant_id
    return Identity(
        platform=NAME,
        subject=f"{tenant}:{payload.accountId}",
        name=payload.lastName or payload.nickNameCn or "",
        level=1,
        tenant_id=tenant,
        employee_code=payload.employeeCode or None,
    )
