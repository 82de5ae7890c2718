"""Trusted documents: those of the manifests in a folder, by id and by hash.

The folder is looked at again when it changed, a second late at most, so that a front end's new release needs no
restart; several gateways share it, or each is given a copy. Ids that stand for two texts stand for none.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import structlog

from gateway.persisted.manifest import BadManifestError, documents_in, hash_of

_LOOKED_AT_SECONDS = 1.0
_BY_HASH = "sha256:"
"""What the draft of GraphQL over HTTP puts before a hash as an id."""

State = frozenset[tuple[str, int, int]]
"""The files of the folder with their sizes and the times they were changed."""


class TrustedDocuments:
    """One per process. ``folder`` need not exist: then there are none."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._look_at = 0.0
        self._state: State | None = None
        self._texts: Mapping[str, str] = {}
        self._by_hash: Mapping[str, str] = {}

    def text_of(self, identifier: str) -> str | None:
        """The document of that id, or of that hash."""
        self._look()
        return self._texts.get(identifier) or self._by_hash.get(identifier.removeprefix(_BY_HASH))

    def holds(self, text: str) -> bool:
        """Whether that very text is one of them."""
        self._look()
        return hash_of(text) in self._by_hash

    def __len__(self) -> int:
        self._look()
        return len(self._by_hash)

    def _look(self) -> None:
        """Read the folder anew where it changed, at most once a second."""
        now = self._clock()
        if now < self._look_at:
            return
        self._look_at = now + _LOOKED_AT_SECONDS
        state = _state_of(self._folder)
        if state != self._state:
            self._state, self._texts = state, _texts_in(self._folder)
            self._by_hash = {hash_of(text): text for text in self._texts.values()}


def manifests_in(folder: Path) -> Iterator[Path]:
    """The folder's manifests, by name; none where there is no folder."""
    return iter(sorted(folder.glob("*.json")))


def _state_of(folder: Path) -> State:
    try:
        told = [(path.name, path.stat()) for path in manifests_in(folder)]
    except OSError:  # one went away meanwhile: the next look tells
        return frozenset()
    return frozenset((name, status.st_size, status.st_mtime_ns) for name, status in told)


def _texts_in(folder: Path) -> Mapping[str, str]:
    """All of them; a manifest that cannot be read costs its own documents only, and is told to the log."""
    log = structlog.get_logger()
    texts: dict[str, str] = {}
    doubtful: set[str] = set()
    for path in manifests_in(folder):
        documents = _documents_in(path)
        if isinstance(documents, str):
            log.error("trusted documents cannot be read", manifest=path.name, reason=documents)
            continue
        doubtful |= {key for key, text in documents.items() if texts.setdefault(key, text) != text}
    if doubtful:
        log.error("ids of trusted documents stand for several texts", ids=sorted(doubtful)[:20])
    return {key: text for key, text in texts.items() if key not in doubtful}


def _documents_in(path: Path) -> Mapping[str, str] | str:
    """A manifest's documents, or why there are none."""
    try:
        return documents_in(path.read_bytes())
    except BadManifestError as error:
        return str(error)
    except OSError as error:
        return type(error).__name__
