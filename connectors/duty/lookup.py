"""Finds the member behind an identity: by the digest of the ID number, by the 浙政钉 account, or by the member's key.

The ID number itself ends here: what is asked for, and what names the read under way, is its digest. A key counts only
where the platform's own login told it.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence

import msgspec

from connectors.contracted.rows import decoder_of, records_in
from connectors.deadline import Deadline
from connectors.digests import id_digest
from connectors.duty.client import DutyClient
from connectors.duty.mapping import MEMBER, member_from
from connectors.duty.payloads import MatchPayload
from connectors.duty.settings import DutySettings
from connectors.errors import PlatformError, UnreachableError
from connectors.freshness import OWN_NOW
from connectors.lenient import NOT_THE_FORM, broken_in, row_from, values_in
from connectors.reading import Reader
from connectors.records.identity import Identity
from connectors.records.member import Member
from connectors.transport import Answer
from connectors.viewer import Ask

_BY_DIGEST, _BY_EMPLOYEE, _BY_KEY = "digest", "employee", "member"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class DutyMemberLookup:
    """``MemberLookup``: never kept, since a membership that ended must end at once."""

    def __init__(self, settings: DutySettings, client: DutyClient, reader: Reader) -> None:
        self._settings = settings
        self._client = client
        self._reader = reader
        self._rule = OWN_NOW.rule("members.lookup", settings.batch)

    async def find_members(self, identities: Sequence[Identity], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Find one member per identity; an ID number counts before an account.

        An identity that can only be found by its ID number, while no key for digests is set, cannot be asked for:
        ``UnreachableError``, so that nobody takes a member for none.
        """
        wanted = [self._names(identity) for identity in identities]
        names = list(dict.fromkeys(name for own in wanted for name in own))
        found = dict(zip(names, await self._reader.read(self._rule, names, ask, self._fetch), strict=True))
        return [
            self._first(own, found) if own or not identity.id_number else self._without_key()
            for own, identity in zip(wanted, identities, strict=True)
        ]

    def _names(self, identity: Identity) -> list[str]:
        """What this identity can be found by, best first."""
        names = []
        if identity.id_number and self._settings.id_digest_key.get_secret_value():
            digest = id_digest(identity.id_number, self._settings.id_digest_key, self._settings.id_digest_version)
            names.append(f"{_BY_DIGEST} {digest}")
        code = identity.employee_code
        if code and identity.tenant_id is not None and _CODE.fullmatch(code):
            names.append(f"{_BY_EMPLOYEE} {identity.tenant_id} {code}")
        # nobody but this platform's own login may say which member an account is
        if identity.platform == self._reader.platform and _CODE.fullmatch(identity.member_key or ""):
            names.append(f"{_BY_KEY} {identity.member_key}")
        return names

    @staticmethod
    def _first(
        names: Sequence[str], found: Mapping[str, Member | PlatformError | None]
    ) -> Member | PlatformError | None:
        """The first of the names that is somebody; a failure says so only when no name is."""
        entries = [found[name] for name in names]
        members = (entry for entry in entries if isinstance(entry, Member))
        failures = (entry for entry in entries if isinstance(entry, PlatformError))
        return next(members, None) or next(failures, None)

    def _without_key(self) -> PlatformError:
        return UnreachableError(self._reader.platform, self._rule.operation, "no key for digests is configured")

    async def _fetch(self, names: list[str], deadline: Deadline) -> Mapping[str, Member | PlatformError]:
        by_key = [name for name in names if name.startswith(f"{_BY_KEY} ")]
        proved = [name for name in names if name not in set(by_key)]
        found = await asyncio.gather(self._looked_up(proved, deadline), self._known(by_key, deadline))
        return {**found[0], **found[1]}

    async def _looked_up(self, names: list[str], deadline: Deadline) -> Mapping[str, Member | PlatformError]:
        if not names:
            return {}
        parts = [name.split(" ") for name in names]
        digests = [rest[0] for kind, *rest in parts if kind == _BY_DIGEST]
        employees = [(int(rest[0]), rest[1]) for kind, *rest in parts if kind == _BY_EMPLOYEE]
        rows = [{"tenantId": tenant, "employeeCode": code} for tenant, code in employees]
        asked = {"idDigests": digests, "employees": rows}
        return await self._client.post_read(
            "members.lookup", "/members/lookup", asked, lambda answer: _matches_in(answer, names), deadline
        )

    async def _known(self, names: list[str], deadline: Deadline) -> Mapping[str, Member | PlatformError]:
        """Read members by key, of which none may be kept either."""
        if not names:
            return {}
        keys = [name.removeprefix(f"{_BY_KEY} ") for name in names]
        found = await self._client.read(
            "members", "/members", {"ids": ",".join(keys)}, lambda answer: records_in(answer, MEMBER, keys), deadline
        )
        return {f"{_BY_KEY} {key}": member for key, member in found.items()}


class _Matches(msgspec.Struct, frozen=True):
    matches: list[MatchPayload]


class _RawMatches(msgspec.Struct, frozen=True):
    matches: msgspec.Raw


def _matches_in(answer: Answer, names: Sequence[str]) -> Mapping[str, Member | PlatformError]:
    """Who was found, by the name the entry was asked under: the platform repeats the entry.

    A match that does not repeat its entry could be anybody's: then each name that is missing is an error.
    """
    try:
        matches = decoder_of(_Matches).decode(answer.body).matches
        return {name: member_from(match.member) for match in matches if (name := _name_of(match))}
    except NOT_THE_FORM:
        pass
    broken = broken_in(answer.platform, answer.operation)
    found: dict[str, Member | PlatformError] = {}
    for value in values_in(answer.decoded(_RawMatches).matches, broken):
        match = row_from(value if isinstance(value, dict) else {}, MatchPayload, broken)
        name = _name_of(match)
        if name is None:
            return dict.fromkeys(names, broken) | found
        member = match.member
        nobody = isinstance(member, PlatformError) or isinstance(member.id, PlatformError)
        found[name] = broken if nobody else member_from(member)
    return found


def _name_of(match: MatchPayload) -> str | None:
    """The name the entry was asked under; None where it cannot be read."""
    if isinstance(match.id_digest, str):
        return f"{_BY_DIGEST} {match.id_digest}"
    if isinstance(match.tenant_id, int) and isinstance(match.employee_code, str):
        return f"{_BY_EMPLOYEE} {match.tenant_id} {match.employee_code}"
    return None
