"""The natural-person service: everybody in the world, by the digest of their ID number."""

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any

import msgspec

from connectors.command.sandbox.grids import Grids
from connectors.command.sandbox.scenes import STATUSES
from connectors.command.settings import CommandSettings
from connectors.digests import id_digest
from connectors.sandbox.contracted.lists import MOST_KEYS
from connectors.sandbox.contracted.problems import rejected
from connectors.sandbox.world import World

Row = dict[str, Any]
_Digest = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]{1,16}:[0-9a-f]{64}$")]


class _Body(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    id_digests: Annotated[list[_Digest], msgspec.Meta(min_length=1, max_length=MOST_KEYS)]
    purpose: Annotated[str, msgspec.Meta(min_length=4, max_length=100)]


class Persons:
    """Digests are made when the first is asked for: there are many people."""

    def __init__(self, settings: CommandSettings, world: World, grids: Grids) -> None:
        self._settings = settings
        self._world = world
        self._grids = list(grids.grids.by_key.values())

    def looked_up(self, body: bytes) -> Row:
        """``POST /persons/lookup``; raises ``ProblemError``."""
        try:
            asked = msgspec.json.decode(body, type=_Body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise rejected("INVALID_BODY", "the body is not of its form") from error
        known = [digest for digest in dict.fromkeys(asked.id_digests) if digest in self._by_digest]
        return {"items": [self._row(digest) for digest in known]}

    @cached_property
    def _by_digest(self) -> dict[str, int]:
        key, version = self._settings.id_digest_key, self._settings.id_digest_version
        return {id_digest(one.id_number, key, version): at for at, one in enumerate(self._world.persons)}

    def _row(self, digest: str) -> Row:
        at = self._by_digest[digest]
        grid = self._grids[at % len(self._grids)]
        as_of = (self._world.today - timedelta(days=at % 30 + 1)).date().isoformat()
        return {
            "idDigest": digest,
            "name": self._world.persons[at].name,
            "regionCode": grid["regionCode"],
            "gridId": grid["id"],
            "statuses": [
                {"kind": kind, "status": status, "origin": origin, "asOf": as_of}
                for kind, (status, origin) in STATUSES.items()
            ],
        }
