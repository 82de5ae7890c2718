"""What 浙政钉 gives to read: its address book, by many keys.

Owns the chunks, the rules of the cache and how an official is put together from several calls.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.reading import Reader, ReadRule
from connectors.records.official import Official, Position
from connectors.records.organization import Unit
from connectors.viewer import Ask
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.mapping import official_from, positions_from, unit_from
from connectors.zhezhengding.payloads import EmployeePayload
from connectors.zhezhengding.settings import ZhezhengdingSettings

_OFFICE_PHONE_SECONDS = 60.0  # an office phone may stand in a cache no longer (domain-terms D)
_UNIT_SECONDS = 300.0

Split = tuple[str, str]
Posts = tuple[Position, ...] | PlatformError


class ZhezhengdingOfficials:
    """People and posts (port ``OfficialSource``).

    A key ``<employeeCode>@<directoryCode>`` is read with others of its directory: one call for the people and one
    a directory for their posts. A bare ``<employeeCode>`` needs a call of its own for its posts.
    """

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reader: Reader) -> None:
        self._client = client
        self._reader = reader
        self._rule = ReadRule("listEmployeesByCodes", settings.batch.codes, _OFFICE_PHONE_SECONDS)
        # read when somebody signs in, to decide what they may: never kept
        self._positions_rule = ReadRule("listEmployeePositionsByEmployeeCode", batch=1, fresh_for=0.0)

    async def load_officials(self, keys: Sequence[str], ask: Ask) -> Sequence[Official | PlatformError | None]:
        """Read officials; None for one who left or never was."""
        return await self._reader.read(self._rule, keys, ask, self._fetch_officials)

    async def load_positions(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Position, ...] | PlatformError]:
        """Read every present post by employee code."""
        nothing: tuple[Position, ...] = ()
        found = await self._reader.read(self._positions_rule, keys, ask, self._fetch_positions, empty=nothing)
        return [nothing if entry is None else entry for entry in found]

    async def _fetch_officials(self, keys: list[str], deadline: Deadline) -> dict[str, Official | PlatformError | None]:
        """One chunk. Somebody whose posts cannot be had is that error: half an official is no record."""
        split = {key: _split(key) for key in keys if _split(key)[0].strip()}
        if not split:
            return {}
        codes = list(dict.fromkeys(code for code, _ in split.values()))
        payloads, posts = await asyncio.gather(
            self._client.fetch_employees(codes, deadline), self._posts_of(set(split.values()), deadline)
        )
        employees = {payload.employeeCode: payload for payload in payloads}
        return {
            key: _put_together(key, employees[wanted[0]], posts[wanted])
            for key, wanted in split.items()
            if wanted[0] in employees
        }

    async def _posts_of(self, wanted: set[Split], deadline: Deadline) -> dict[Split, Posts]:
        """The posts of each person in the directory beside them, all calls at once."""
        by_directory: dict[str, list[str]] = defaultdict(list)
        for code, directory in sorted(wanted):
            by_directory[directory].append(code)
        alone = by_directory.pop("", [])
        read = (self._in_directory(directory, codes, deadline) for directory, codes in by_directory.items())
        parts = await asyncio.gather(*read, *(self._anywhere(code, deadline) for code in alone))
        return {pair: posts for part in parts for pair, posts in part.items()}

    async def _in_directory(self, directory: str, codes: list[str], deadline: Deadline) -> dict[Split, Posts]:
        try:
            payloads = await self._client.fetch_directory_positions(directory, codes, deadline)
        except PlatformError as error:
            return {(code, directory): error for code in codes}
        held: dict[str, list[Position]] = defaultdict(list)
        for position in positions_from(payloads):
            held[position.employee_code].append(position)
        return {(code, directory): tuple(held[code]) for code in codes}

    async def _anywhere(self, code: str, deadline: Deadline) -> dict[Split, Posts]:
        try:
            return {(code, ""): positions_from(await self._client.fetch_positions(code, deadline))}
        except PlatformError as error:
            return {(code, ""): error}

    async def _fetch_positions(self, keys: list[str], deadline: Deadline) -> dict[str, tuple[Position, ...]]:
        """A chunk of one; a blank code names nobody."""
        return {key: positions_from(await self._client.fetch_positions(key, deadline)) for key in keys if key.strip()}


class ZhezhengdingUnits:
    """Organisations of the address book (port ``UnitSource``)."""

    def __init__(self, settings: ZhezhengdingSettings, client: ZhezhengdingClient, reader: Reader) -> None:
        self._client = client
        self._reader = reader
        self._rule = ReadRule("listOrganizationsByCodes", settings.batch.codes, _UNIT_SECONDS)

    async def load_units(self, keys: Sequence[str], ask: Ask) -> Sequence[Unit | PlatformError | None]:
        """Read organisations by ``GO_`` code."""
        return await self._reader.read(self._rule, keys, ask, self._fetch_units)

    async def _fetch_units(self, keys: list[str], deadline: Deadline) -> dict[str, Unit]:
        codes = [key for key in keys if key.strip()]
        if not codes:
            return {}
        payloads = await self._client.fetch_organizations(codes, deadline)
        return {payload.organizationCode: unit_from(payload) for payload in payloads}


def _put_together(key: str, payload: EmployeePayload, posts: Posts) -> Official | PlatformError | None:
    official = official_from(key, payload, () if isinstance(posts, PlatformError) else posts)
    return posts if official is not None and isinstance(posts, PlatformError) else official


def _split(key: str) -> Split:
    """Employee code and directory code, the latter empty when the key is bare."""
    code, _, directory = key.partition("@")
    return code, directory.strip()
