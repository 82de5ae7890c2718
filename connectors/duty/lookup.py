"""Finds the member behind an identity: by the digest of the ID number, or by the 浙政钉 account.

The ID number itself ends here: what is asked for, and what names the read under way, is its digest.
"""

import re
from collections.abc import Mapping, Sequence

from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.duty.digests import id_digest
from connectors.duty.mapping import member_from
from connectors.duty.payloads import MatchesPayload, MatchPayload
from connectors.duty.settings import DutySettings
from connectors.errors import PlatformError, UnreachableError
from connectors.reading import Reader, ReadRule
from connectors.records.identity import Identity
from connectors.records.member import Member
from connectors.viewer import Ask

_BY_DIGEST, _BY_EMPLOYEE = "digest", "employee"
_EMPLOYEE_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


class DutyMemberLookup:
    """``MemberLookup``: never kept, since a membership that ended must end at once."""

    def __init__(self, settings: DutySettings, client: DutyClient, reader: Reader) -> None:
        self._settings = settings
        self._client = client
        self._reader = reader
        self._rule = ReadRule("members.lookup", settings.batch, fresh_for=0.0)

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
        if code and identity.tenant_id is not None and _EMPLOYEE_CODE.fullmatch(code):
            names.append(f"{_BY_EMPLOYEE} {identity.tenant_id} {code}")
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

    async def _fetch(self, names: list[str], deadline: Deadline) -> Mapping[str, Member]:
        asked = [name.split(" ") for name in names]
        digests = [rest[0] for kind, *rest in asked if kind == _BY_DIGEST]
        employees = [(int(rest[0]), rest[1]) for kind, *rest in asked if kind == _BY_EMPLOYEE]
        answer = await self._client.fetch_lookup(digests, employees, deadline)
        return {_name_of(match): member_from(match.member) for match in answer.decoded(MatchesPayload).matches}


def _name_of(match: MatchPayload) -> str:
    """The name the entry was asked under: the platform repeats the entry."""
    if match.id_digest is not None:
        return f"{_BY_DIGEST} {match.id_digest}"
    return f"{_BY_EMPLOYEE} {match.tenant_id} {match.employee_code}"
