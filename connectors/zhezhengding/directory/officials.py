"""People and posts by key: how an official is put together from several calls."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.freshness import DIRECTORY, EMPLOYEE_TAG, NOW, UNIT_TAG, Tag
from connectors.reading import Reader
from connectors.records.official import Official, Position
from connectors.viewer import Ask
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.directory.mapping import doubt_in, official_from, positions_from
from connectors.zhezhengding.directory.payloads import EmployeePayload, PositionPayload
from connectors.zhezhengding.rows import Rows
from connectors.zhezhengding.settings import ZhezhengdingSettings

Split = tuple[str, str]
Posts = tuple[Position, ...] | PlatformError


def _employee_tag(key: str) -> str:
    return EMPLOYEE_TAG.replace("{key}", _split(key)[0])


def _unit_tag(key: str) -> str:
    return UNIT_TAG.replace("{key}", _split(key)[1])


_TAGS: tuple[Tag, ...] = (_employee_tag, _unit_tag)


class ZhezhengdingOfficials:
    """People and posts (port ``OfficialSource``).

    A key ``<employeeCode>@<directoryCode>`` is read with others of its directory: one call for the people and one
    a directory for their posts. A bare ``<employeeCode>`` needs a call of its own for its posts.
    """

    def __init__(self, settings: ZhezhengdingSettings, calls: DirectoryCalls, reader: Reader) -> None:
        self._calls = calls
        self._reader = reader
        self._rule = DIRECTORY.rule("listEmployeesByCodes", settings.batch.codes, _TAGS)
        # read when somebody signs in, to decide what they may: never kept
        self._positions_rule = NOW.rule("listEmployeePositionsByEmployeeCode", 1)

    async def load_officials(self, keys: Sequence[str], ask: Ask) -> Sequence[Official | PlatformError | None]:
        """Read officials; None for one who left or never was."""
        return await self._reader.read(self._rule, keys, ask, self._fetch_officials)

    async def load_positions(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Position, ...] | PlatformError]:
        """Read every present post by employee code; an error where one does not tell what decides by it."""
        nothing: tuple[Position, ...] = ()
        read: Sequence[Posts | None] = await self._reader.read(self._positions_rule, keys, ask, self._fetch_positions)
        return [nothing if entry is None else entry for entry in read]

    async def _fetch_officials(self, keys: list[str], deadline: Deadline) -> dict[str, Official | PlatformError | None]:
        """One chunk. Somebody whose posts cannot be had is that error: half an official is no record."""
        split = {key: _split(key) for key in keys if _split(key)[0].strip()}
        if not split:
            return {}
        codes = list(dict.fromkeys(code for code, _ in split.values()))
        people, posts = await asyncio.gather(
            self._calls.employees(codes, deadline), self._posts_of(set(split.values()), deadline)
        )
        employees = {payload.employeeCode: payload for payload in people.rows}
        lacking = people.broken if people.nameless else None
        return {
            key: _put_together(key, employees[wanted[0]], posts[wanted]) if wanted[0] in employees else lacking
            for key, wanted in split.items()
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
            found = await self._calls.positions_in(directory, codes, deadline)
        except PlatformError as error:
            return {(code, directory): error for code in codes}
        held: dict[str, list[PositionPayload]] = defaultdict(list)
        for payload in found.rows:
            held[payload.employeeCode].append(payload)
        return {(code, directory): _posts_in(held[code], found) for code in codes}

    async def _anywhere(self, code: str, deadline: Deadline) -> dict[Split, Posts]:
        try:
            found = await self._calls.positions(code, deadline)
        except PlatformError as error:
            return {(code, ""): error}
        return {(code, ""): _posts_in(found.rows, found)}

    async def _fetch_positions(self, keys: list[str], deadline: Deadline) -> dict[str, Posts]:
        """A chunk of one; a blank code names nobody."""
        return {key: await self._all_posts(key, deadline) for key in keys if key.strip()}

    async def _all_posts(self, code: str, deadline: Deadline) -> Posts:
        found = await self._calls.positions(code, deadline)
        if found.nameless:
            return found.broken
        return doubt_in(found.rows) or positions_from(found.rows)


def _posts_in(payloads: Sequence[PositionPayload], found: Rows[PositionPayload]) -> Posts:
    """Somebody's posts; the error where they have none, but a row was there that did not tell enough to be theirs."""
    posts = positions_from(payloads)
    if posts:
        return posts
    return doubt_in(payloads) or (found.broken if found.nameless else ())


def _put_together(key: str, payload: EmployeePayload, posts: Posts) -> Official | PlatformError | None:
    official = official_from(key, payload, () if isinstance(posts, PlatformError) else posts)
    return posts if isinstance(official, Official) and isinstance(posts, PlatformError) else official


def _split(key: str) -> Split:
    """Employee code and directory code, the latter empty when the key is bare."""
    code, _, directory = key.partition("@")
    return code, directory.strip()
