"""People of an organisation, and people by name, a page at a time."""

from collections.abc import Sequence
from functools import partial

import msgspec

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.freshness import DIRECTORY, NOW, UNIT_TAG
from connectors.reading import Reader
from connectors.records.official import Official, OfficialListing, OfficialSearch
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask
from connectors.zhezhengding.directory.calls import DirectoryCalls, Paging
from connectors.zhezhengding.directory.mapping import listing_from, official_from, posts_of
from connectors.zhezhengding.directory.pages import Pages
from connectors.zhezhengding.directory.payloads import EmployeePayload, FoundEmployeePayload
from connectors.zhezhengding.rows import Rows
from connectors.zhezhengding.settings import ZhezhengdingSettings

_LISTED = "pageOrganizationEmployeePositions"
_FOUND = "pageSearchEmployee"
_IN, _BELOW = "inOrganizationCode", "cascadeOrganizationCode"


class ZhezhengdingDirectory:
    """Lists people (ports ``OfficialDirectory``, ``OfficialFinder``); a call a page and organisation or query."""

    def __init__(self, settings: ZhezhengdingSettings, calls: DirectoryCalls, reader: Reader) -> None:
        self._calls = calls
        self._reader = reader
        self._largest = settings.batch.page_size
        self._rule = DIRECTORY.rule(_LISTED, 1, (UNIT_TAG,))
        self._search_rule = NOW.rule(_FOUND, 1)  # what is looked for may be a person's name

    async def list_unit_officials(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Official] | PlatformError]:
        """Read one page per organisation; each official's key names the organisation, so nothing is read again."""
        none: Page[Official] = Page(edges=(), has_next=False, total=0 if page.with_total else None)

        async def fetch(chunk: list[str], deadline: Deadline) -> dict[str, Page[Official]]:
            return {key: await self._people(key, page, deadline) for key in chunk if key.strip()}

        found = await self._reader.read(self._rule, keys, ask, fetch, per=page, empty=none)
        return [none if entry is None else entry for entry in found]

    async def search_officials(
        self, queries: Sequence[OfficialSearch], page: PageArgs, ask: Ask
    ) -> Sequence[Page[OfficialListing] | PlatformError]:
        """Read one page per query; words or an organisation that are blank find nobody."""
        none: Page[OfficialListing] = Page(edges=(), has_next=False, total=0 if page.with_total else None)

        async def fetch(chunk: list[str], deadline: Deadline) -> dict[str, Page[OfficialListing]]:
            asked = {key: msgspec.json.decode(key, type=OfficialSearch) for key in chunk}
            told = {key: one for key, one in asked.items() if one.text.strip() and one.unit_key.strip()}
            return {key: await self._found(one, page, deadline) for key, one in told.items()}

        keys = [msgspec.json.encode(query).decode() for query in queries]
        found = await self._reader.read(self._search_rule, keys, ask, fetch, per=page, empty=none)
        return [none if entry is None else entry for entry in found]

    async def _people(self, unit: str, page: PageArgs, deadline: Deadline) -> Page[Official]:
        async def fetch(paging: Paging) -> Rows[EmployeePayload]:
            return await self._calls.people_page(unit, paging, deadline)

        kind = Pages(self._calls.platform, _LISTED, self._largest, partial(_official, unit))
        return await kind.page(fetch, page)

    async def _found(self, query: OfficialSearch, page: PageArgs, deadline: Deadline) -> Page[OfficialListing]:
        async def fetch(paging: Paging) -> Rows[FoundEmployeePayload]:
            place = _BELOW if query.cascade else _IN
            return await self._calls.found_page(query.text, place, query.unit_key, paging, deadline)

        unit = None if query.cascade else query.unit_key
        kind: Pages[FoundEmployeePayload, OfficialListing] = Pages(
            self._calls.platform, _FOUND, self._largest, lambda row: listing_from(row, unit)
        )
        return await kind.page(fetch, page)


def _official(unit: str, payload: EmployeePayload) -> Official | None:
    """Read a row of a page; who left, or may have left, is none of the people there."""
    key, (positions, broken) = f"{payload.employeeCode}@{unit}", posts_of(payload)
    official = official_from(key, payload, positions)
    if not isinstance(official, Official):
        return None
    if broken is None:
        return official
    return msgspec.structs.replace(official, title=broken, office_phone=broken, organization=broken)
