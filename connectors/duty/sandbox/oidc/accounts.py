"""Who has an account at the platform's login: members, and the staff of committees' offices, who are no members."""

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.sandbox.world import PersonSeed, World


@dataclass(frozen=True, slots=True)
class LoginAccount:
    """An account; ``member_key`` is the registry's, of those who are members."""

    person: PersonSeed
    member_key: str | None

    @property
    def login(self) -> str:
        """Its name, which never changes."""
        return f"login-{self.person.id}"


def accounts_of(world: World) -> Mapping[str, LoginAccount]:
    """Accounts by the person's id in the sandbox."""
    members = [LoginAccount(member.person, member.key) for member in world.members]
    staff = [LoginAccount(person, None) for person in world.officials if "staff" in person.roles]
    return {account.person.id: account for account in (*members, *staff)}
