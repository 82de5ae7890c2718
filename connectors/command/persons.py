"""The natural-person service: by the digest of an ID number, for a purpose, and only where it was switched on.

The ID number ends here: what is asked for, and what names the read under way, is its digest. Nothing of an answer is
kept.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from connectors.command.client import CommandClient
from connectors.command.mapping import person_from
from connectors.command.payloads import PersonPayload
from connectors.command.settings import CommandSettings
from connectors.contracted.rows import Shape, records_in
from connectors.deadline import Deadline
from connectors.digests import id_digest
from connectors.errors import NotConfiguredError, PlatformError
from connectors.freshness import OWN_NOW
from connectors.reading import Reader
from connectors.records.person_lookup import PersonLookup, PersonQuery
from connectors.viewer import Ask

_OPERATION = "persons.lookup"


class CommandPersons:
    """``PersonLookupSource``."""

    def __init__(self, settings: CommandSettings, client: CommandClient, reader: Reader) -> None:
        self._settings = settings
        self._client = client
        self._reader = reader
        self._rule = OWN_NOW.rule(_OPERATION, settings.batch)

    async def find_persons(
        self, queries: Sequence[PersonQuery], ask: Ask
    ) -> Sequence[PersonLookup | PlatformError | None]:
        """Look each up; those asked for with one purpose go together."""
        if not self._settings.looks_up:
            return [NotConfiguredError(self._client.platform, _OPERATION, "switched off")] * len(queries)
        digests = [self._digest(query) for query in queries]
        found: dict[tuple[str, str], PersonLookup | PlatformError | None] = {}
        for purpose in dict.fromkeys(query.purpose for query in queries):
            keys = [digest for digest, query in zip(digests, queries, strict=True) if query.purpose == purpose]
            entries = await self._reader.read(self._rule, keys, ask, partial(self._fetch, purpose), per=purpose)
            found |= {(digest, purpose): entry for digest, entry in zip(keys, entries, strict=True)}
        return [
            _nobody(digest, query) if (entry := found[digest, query.purpose]) is None else entry
            for digest, query in zip(digests, queries, strict=True)
        ]

    def _digest(self, query: PersonQuery) -> str:
        return id_digest(query.id_number, self._settings.id_digest_key, self._settings.id_digest_version)

    async def _fetch(
        self, purpose: str, digests: list[str], deadline: Deadline
    ) -> Mapping[str, PersonLookup | PlatformError]:
        body = {"idDigests": digests, "purpose": purpose}
        shape = Shape(PersonPayload, partial(person_from, purpose=purpose), key="id_digest")
        return await self._client.post_read(
            _OPERATION, "/persons/lookup", body, lambda answer: records_in(answer, shape, digests), deadline
        )


def _nobody(digest: str, query: PersonQuery) -> PersonLookup:
    """That somebody is not known is an answer too."""
    return PersonLookup(
        key=digest, purpose=query.purpose, found=False, name=None, region_key=None, grid_key=None, statuses=None
    )
