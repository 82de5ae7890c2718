"""Who signed in, from what the platform tells."""

from connectors.zhezhengding.mapping import identity_from
from connectors.zhezhengding.payloads import AppUserPayload


def test_older_answers_without_tenant_belong_to_ours() -> None:
    """The subject is the account within its tenant; administrators have no employee code."""
    identity = identity_from(AppUserPayload(accountId=10000001, nickNameCn="测试甲", employeeCode=""), 100001)

    assert identity.subject == "100001:10000001"
    assert (identity.name, identity.employee_code, identity.tenant_id) == ("测试甲", None, 100001)
