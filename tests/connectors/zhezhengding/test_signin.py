from typing import TYPE_CHECKING

import pytest

from connectors.errors import SignInNeededError
from connectors.records.identity import Identity, TicketForm
from connectors.zhezhengding.signin import ZhezhengdingSignIn

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


async def test_official_from_inside_the_app_is_known(bench: "Bench") -> None:
    """The in-app code becomes the account on its tenant, with the employee code and no mobile."""
    person = bench.world.members[0].person
    assert person.work is not None
    signin = ZhezhengdingSignIn(bench.settings, bench.client())

    identity = await signin.sign_in(TicketForm.ZHEZHENGDING_APP, await bench.code(person.id), bench.ask())

    assert identity == Identity(
        platform="zhezhengding",
        subject=f"100001:{person.work.account_id}",
        name=person.name,
        tenant_id=100001,
        employee_code=person.work.employee_code,
    )


async def test_foreign_code_needs_another_sign_in(bench: "Bench") -> None:
    """A code nobody gave out signs nobody in."""
    signin = ZhezhengdingSignIn(bench.settings, bench.client())

    with pytest.raises(SignInNeededError):
        await signin.sign_in(TicketForm.ZHEZHENGDING_APP, "foreign", bench.ask())
