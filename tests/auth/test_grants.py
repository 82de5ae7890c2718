import pytest

from auth.grants import Grants
from connectors.viewer import Role
from tests.auth.desk import Desk
from tests.auth.platforms import CHEN_WORK, LIN_CITIZEN, ZHOU_WORK


async def test_roles_given_by_hand_are_held_by_the_account_named(desk: Desk) -> None:
    """By employee code or by subject, before or after the first sign-in; the platform must be the same."""
    grants = Grants(desk.database)
    await grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    await grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    await grants.grant(Role.MODERATOR, "zheliban", subject="u-lin")
    await grants.grant(Role.OPS, "zheliban", "GE_chen")

    zhou, lin, chen = [await desk.sign_in(who) for who in (ZHOU_WORK, LIN_CITIZEN, CHEN_WORK)]
    await grants.revoke(Role.OPS, "zhezhengding", "GE_zhou")
    zhou_again = await desk.sign_in(ZHOU_WORK)

    assert Role.OPS in zhou.roles
    assert Role.MODERATOR in lin.roles
    assert chen.roles == {Role.OFFICIAL}
    assert Role.OPS not in zhou_again.roles
    assert len(await grants.list()) == 2


@pytest.mark.parametrize(
    ("role", "code", "subject"),
    [(Role.STAFF, "GE_zhou", None), (Role.OPS, None, None), (Role.OPS, "GE_zhou", "10000002")],
)
async def test_a_role_that_follows_from_a_platform_cannot_be_given(
    desk: Desk, role: Role, code: str | None, subject: str | None
) -> None:
    """Only ``ops`` and ``moderator`` are given, to an account named in one way."""
    with pytest.raises(ValueError, match=r"only .* can be given|name the account"):
        await Grants(desk.database).grant(role, "zhezhengding", code, subject=subject)
