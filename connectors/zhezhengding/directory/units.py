"""Organisations: by key, below one another, counted, and the way up to the root."""

import asyncio
from collections.abc import Mapping, Sequence

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.freshness import REGISTRY, UNIT_TAG
from connectors.lenient import broken_in
from connectors.reading import Reader
from connectors.records.organization import OrganizationRef, Unit, UnitCounts, UnitPath
from connectors.viewer import Ask
from connectors.zhezhengding.directory.calls import Codes, DirectoryCalls, Paging
from connectors.zhezhengding.directory.mapping import unit_from
from connectors.zhezhengding.directory.payloads import Counted, OrganizationPayload
from connectors.zhezhengding.settings import ZhezhengdingSettings


class ZhezhengdingUnits:
    """Reads organisations (ports ``UnitSource``, ``UnitTree``) by ``GO_`` code."""

    def __init__(self, settings: ZhezhengdingSettings, calls: DirectoryCalls, reader: Reader) -> None:
        self._calls = calls
        self._reader = reader
        self._page_size = settings.batch.page_size
        self._count_field = settings.unit_count_field
        most, tags = settings.batch.codes, (UNIT_TAG,)
        self._rule = REGISTRY.rule("listOrganizationsByCodes", most, tags)
        self._count_rule = REGISTRY.rule("listOrganizationEmployeeCount", most, tags)
        self._below_rule = REGISTRY.rule("pageSubOrganizationCodes", 1, tags)
        self._path_rule = REGISTRY.rule("getOrganizationPath", 1, tags)

    async def load_units(self, keys: Sequence[str], ask: Ask) -> Sequence[Unit | PlatformError | None]:
        """Read organisations."""
        return await self._reader.read(self._rule, keys, ask, self._fetch_units)

    async def list_child_units(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Unit, ...] | PlatformError]:
        """Read what lies directly below each: a call for each one's codes, then all organisations together."""
        none: tuple[str, ...] = ()
        below = await self._reader.read(self._below_rule, keys, ask, self._fetch_below, empty=none)
        lists = [none if codes is None else codes for codes in below]
        wanted = list(dict.fromkeys(code for codes in lists if isinstance(codes, tuple) for code in codes))
        units = dict(zip(wanted, await self.load_units(wanted, ask), strict=True)) if wanted else {}
        return [_together(codes, units) for codes in lists]

    async def load_unit_counts(self, keys: Sequence[str], ask: Ask) -> Sequence[UnitCounts | PlatformError | None]:
        """Count active people, those of all organisations below too."""
        return await self._reader.read(self._count_rule, keys, ask, self._fetch_counts)

    async def load_unit_paths(self, keys: Sequence[str], ask: Ask) -> Sequence[UnitPath | PlatformError | None]:
        """Read the way from the root to each organisation."""
        return await self._reader.read(self._path_rule, keys, ask, self._fetch_paths)

    async def _fetch_units(self, keys: list[str], deadline: Deadline) -> dict[str, Unit | PlatformError]:
        codes = [key for key in keys if key.strip()]
        if not codes:
            return {}
        found = await self._calls.organizations(codes, deadline)
        missing: dict[str, Unit | PlatformError] = dict.fromkeys(codes, found.broken) if found.nameless else {}
        return missing | {payload.organizationCode: unit_from(payload) for payload in found.rows}

    async def _fetch_below(self, keys: list[str], deadline: Deadline) -> dict[str, tuple[str, ...]]:
        """A chunk of one: all pages, those after the first at once."""
        return {key: await self._all_below(key, deadline) for key in keys if key.strip()}

    async def _all_below(self, key: str, deadline: Deadline) -> tuple[str, ...]:
        first, total = await self._page_below(key, 1, deadline)
        pages = range(2, -(-(total or 0) // self._page_size) + 1)
        more = await asyncio.gather(*(self._page_below(key, number, deadline) for number in pages))
        return tuple(dict.fromkeys([*first, *(code for codes, _ in more for code in codes)]))

    async def _page_below(self, key: str, number: int, deadline: Deadline) -> Codes:
        paging: Paging = {"pageNo": number, "pageSize": self._page_size, "returnTotalSize": number == 1}
        return await self._calls.codes_below(key, paging, deadline)

    async def _fetch_counts(self, keys: list[str], deadline: Deadline) -> dict[str, UnitCounts]:
        codes = [key for key in keys if key.strip()]
        rows = await self._calls.counts(codes, deadline) if codes else []
        return {str(row.get("organizationCode")): self._counts_from(row) for row in rows}

    def _counts_from(self, row: Counted) -> UnitCounts:
        count = row.get(self._count_field)
        number = int(count) if isinstance(count, int | str) and str(count).isdecimal() else None
        broken = broken_in(self._calls.platform, self._count_rule.operation)
        return UnitCounts(key=str(row.get("organizationCode")), official_count=broken if number is None else number)  # type: ignore[arg-type]  # stands in its place

    async def _fetch_paths(self, keys: list[str], deadline: Deadline) -> dict[str, UnitPath]:
        """A chunk of one; a way that does not hold the organisation itself is that of an unknown one."""
        found = {key: await self._calls.path(key, deadline) for key in keys if key.strip()}
        ways = {key: _way_to(key, {row.organizationCode: row for row in rows.rows}) for key, rows in found.items()}
        return {key: UnitPath(key=key, units=way) for key, way in ways.items() if way}


def _together(
    codes: tuple[str, ...] | PlatformError, units: Mapping[str, Unit | PlatformError | None]
) -> tuple[Unit, ...] | PlatformError:
    """A list of which one part could not be had is that error; what is gone by now is left out."""
    if isinstance(codes, PlatformError):
        return codes
    found = [units[code] for code in codes]
    error = next((entry for entry in found if isinstance(entry, PlatformError)), None)
    return error or tuple(entry for entry in found if isinstance(entry, Unit))


def _way_to(key: str, rows: Mapping[str, OrganizationPayload]) -> tuple[OrganizationRef, ...]:
    """From the root to the organisation, by what each row says it lies in: their order is not published."""
    way: list[OrganizationRef] = []
    at: str | None = key
    left = dict(rows)
    while isinstance(at, str) and at in left:
        row = left.pop(at)
        way.append(OrganizationRef(key=at, name=row.organizationName))
        at = row.parentCode
    return tuple(reversed(way))
