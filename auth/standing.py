"""What the platforms say of somebody at the moment of sign-in: a member? staff of a committee's office?"""

import asyncio
from dataclasses import dataclass, replace

import structlog

from connectors.errors import PlatformError
from connectors.ports import CommitteeRegistry, MemberLookup, OfficialSource
from connectors.records.identity import AccountKind, Identity
from connectors.records.official import Position
from connectors.viewer import Ask

_VERIFIED_LEVEL = 2  # an ID number from a weaker sign-in proves nothing
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Membership:
    """The registry's word on an identity; not ``known`` when it could not be asked."""

    known: bool
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Askable:
    """The ports sign-on asks; any may be missing, then nobody is what only it could tell."""

    lookup: MemberLookup | None
    officials: OfficialSource | None
    committees: CommitteeRegistry | None

    async def membership(self, identity: Identity, ask: Ask) -> Membership:
        """Ask the duty registry for the member behind an identity."""
        proves = identity.level >= _VERIFIED_LEVEL and (identity.id_number or "").strip()
        provable = identity if proves else replace(identity, id_number=None)
        told = (provable.id_number, provable.employee_code, provable.member_key)
        if self.lookup is None or identity.kind is AccountKind.LEGAL_PERSON or not any(told):
            return Membership(known=False)
        member = (await self.lookup.find_members([provable], ask))[0]
        if isinstance(member, PlatformError):
            _silent(member)
            return Membership(known=False)
        return Membership(known=True, key=None if member is None else member.key)

    async def is_staff(self, identity: Identity, ask: Ask) -> bool:
        """Ask whether one of the official's posts lies in a committee; False where that cannot be found out."""
        if self.officials is None or self.committees is None or identity.employee_code is None:
            return False
        positions = (await self.officials.load_positions([identity.employee_code], ask))[0]
        if isinstance(positions, PlatformError):
            _silent(positions)
            return False
        codes = _organizations(positions)
        committees = await self.committees.load_committees(codes, ask) if codes else ()
        for error in committees:
            if isinstance(error, PlatformError):
                _silent(error)
        return any(found is not None and not isinstance(found, PlatformError) for found in committees)

    async def both(self, identity: Identity, ask: Ask) -> tuple[Membership, bool]:
        """Ask for both at once."""
        return await asyncio.gather(self.membership(identity, ask), self.is_staff(identity, ask))


def _organizations(positions: tuple[Position, ...]) -> list[str]:
    codes = [code for post in positions for code in (post.unit_code, post.organization_code) if code]
    return list(dict.fromkeys(codes))


def _silent(error: PlatformError) -> None:
    _log.warning("sign_in_unconfirmed", platform=error.platform, operation=error.operation, code=error.code)
