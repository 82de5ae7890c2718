"""People of the sandbox's world, and asking as one of them."""

from connectors.deadline import Deadline
from connectors.sandbox.world import Account, World
from connectors.viewer import Ask, Role, Scope, Viewer
from connectors.zhezhengding.settings import NAME

TENANT = 100001


def account_of(world: World, at: int = 0) -> Account:
    """The account of a member who is on the work app."""
    return [member.person.work for member in world.members if member.person.work][at]


def as_official(account: Account, *, signed_in: bool = True, roles: frozenset[Role] = frozenset()) -> Ask:
    """Ask as that official; ``signed_in`` by 浙政钉, so that their account is known."""
    accounts = {NAME: f"{TENANT}:{account.account_id}"} if signed_in else {}
    viewer = Viewer(
        person_id="p",
        roles=frozenset({Role.OFFICIAL}) | roles,
        accounts=accounts,
        employee_code=account.employee_code,
    )
    return Ask(viewer, Deadline.after(20))


def as_staff(account: Account | None = None) -> Ask:
    """Ask as staff: with an employee code of their own, or with none."""
    viewer = Viewer(
        person_id="s",
        roles=frozenset({Role.STAFF}),
        scopes=frozenset({Scope.OFFICE_READ}),
        employee_code=account.employee_code if account else None,
    )
    return Ask(viewer, Deadline.after(20))
