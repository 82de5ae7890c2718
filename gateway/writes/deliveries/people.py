"""Whom an effect concerns, as the work app knows them: members and officials by their account id."""

from collections.abc import Mapping
from typing import Any

from connectors.errors import PlatformError
from connectors.ports import MemberRegistry, OfficialAccounts, StudioRegistry
from connectors.viewer import Ask
from gateway.writes.homes import Homes

ACCOUNT, ORGANIZATION = "account", "organization"
Receiver = tuple[str, str]


class People:
    """Looks them up; what the caches hold is not asked for again."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes

    async def account_of_member(self, key: str, ask: Ask) -> str | None:
        """The account of a member; None for one who has none. Raises ``PlatformError``."""
        member = await self._one(MemberRegistry.load_members, key, ask)
        code = None if member is None else member.employee_code
        if isinstance(code, PlatformError):
            raise code
        return None if code is None else await self.account_of_employee(code, ask)

    async def account_of(self, body: Mapping[str, Any], ask: Ask) -> str | None:
        """The account of a ``member``, or of the one who leads a studio (``convener_of``). Raises ``PlatformError``."""
        if "member" in body:
            return await self.account_of_member(body["member"], ask)
        studio = await self._one(StudioRegistry.load_studios, body["convener_of"], ask)
        convener = None if studio is None else studio.convener
        if isinstance(convener, PlatformError):
            raise convener
        return None if convener is None else await self.account_of_member(convener.key, ask)

    async def account_of_employee(self, code: str, ask: Ask) -> str | None:
        """The account of an official; None for one who has none. Raises ``PlatformError``."""
        account = await self._one(OfficialAccounts.load_account_ids, code, ask)
        return None if account is None else str(account.account_id)

    async def told_by(self, body: Mapping[str, Any], ask: Ask) -> Receiver | None:
        """Whom a notification goes to: a ``member``, or the office of one (``office_of``). Raises ``PlatformError``."""
        if "office_of" in body:
            office = await self.office_of_member(body["office_of"], ask)
            return None if office is None else (ORGANIZATION, office)
        account = await self.account_of_member(body["member"], ask)
        return None if account is None else (ACCOUNT, account)

    async def office_of_member(self, key: str, ask: Ask) -> str | None:
        """The organisation code of the committee a member belongs to; None where it has none."""
        member = await self._one(MemberRegistry.load_members, key, ask)
        organization = None if member is None else member.organization
        if isinstance(organization, PlatformError):
            raise organization
        return None if organization is None else organization.key

    async def _one(self, source: Any, key: str, ask: Ask) -> Any:
        [found] = await self._homes.method(source)([key], ask)
        if isinstance(found, PlatformError):
            raise found
        return found
