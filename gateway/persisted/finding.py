"""Finds the text of a request that names its document, and says which texts are run at all.

Two ways to name one, both without a round trip of their own where the name is known:

- ``documentId`` (GraphQL over HTTP, "Persisted Documents"), the id of a trusted document or ``sha256:`` and its hash;
- ``extensions.persistedQuery`` with ``sha256Hash``, as Apollo's and urql's clients send it: of a trusted document, or
  of a text somebody sent before together with its hash.
"""

import re
from typing import Any

import msgspec

from gateway.execution.operation import GraphQLRequest
from gateway.http.refusal import RequestRefusedError
from gateway.persisted.manifest import hash_of
from gateway.persisted.remembered import Remembered
from gateway.persisted.settings import DocumentSettings
from gateway.persisted.trusted import TrustedDocuments

PERSISTED = "persistedQuery"
_VERSION = 1
_HASH = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


class NamedRequest(msgspec.Struct, frozen=True, gc=False):
    """The parameters of a request without a text; ``document_id`` is None where its extensions name the document."""

    document_id: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


class Persisted:
    """One per process; without ``trusted`` there are no documents with an id."""

    def __init__(self, settings: DocumentSettings, trusted: TrustedDocuments | None = None) -> None:
        self._trusted = trusted
        self._only_trusted = settings.only_trusted
        self._remembered = Remembered(settings.automatic_mb * 1024 * 1024) if settings.automatic else None

    def found(self, asked: GraphQLRequest | NamedRequest) -> tuple[GraphQLRequest, str | None]:
        """The request with its text, and the hash to remember it by once it ran (``keep``), if any.

        Raises ``RequestRefusedError`` for a name nobody knows, a hash of another text, and for what is not trusted
        where only that is run.
        """
        if type(asked) is GraphQLRequest and not asked.extensions and not self._only_trusted:
            return asked, None
        digest = _hash_in(asked.extensions)
        if isinstance(asked, NamedRequest):
            text = self._by_hash(digest) if asked.document_id is None else self._by_id(asked.document_id)
        else:
            text = self._checked(asked.query, digest)
        request = GraphQLRequest(text, asked.operation_name, asked.variables, _without_name(asked.extensions))
        return request, digest if isinstance(asked, GraphQLRequest) and self._remembered is not None else None

    def keep(self, digest: str, text: str) -> None:
        """Remember a text that ran."""
        if self._remembered is not None:
            self._remembered.keep(digest, text)

    def _by_id(self, identifier: str) -> str:
        text = None if self._trusted is None else self._trusted.text_of(identifier)
        if text is None:
            raise RequestRefusedError("DOCUMENT_NOT_FOUND")
        return text

    def _by_hash(self, digest: str | None) -> str:
        if digest is None:
            raise RequestRefusedError("BAD_PARAMETER", parameter="query")
        text = None if self._trusted is None else self._trusted.text_of(digest)
        if text is not None:
            return text
        if self._only_trusted:  # whoever is told that it is not known would send the text, in vain
            raise RequestRefusedError("DOCUMENT_NOT_TRUSTED")
        if self._remembered is None:
            raise RequestRefusedError("PERSISTED_QUERY_NOT_SUPPORTED")
        text = self._remembered.get(digest)
        if text is None:
            raise RequestRefusedError("PERSISTED_QUERY_NOT_FOUND")
        return text

    def _checked(self, text: str, digest: str | None) -> str:
        """The text as it was sent, if it is what its hash says, and may be run."""
        if digest is not None and hash_of(text) != digest:
            raise RequestRefusedError("PERSISTED_QUERY_WRONG_HASH")
        if self._only_trusted and (self._trusted is None or not self._trusted.holds(text)):
            raise RequestRefusedError("DOCUMENT_NOT_TRUSTED")
        return text


def _hash_in(extensions: dict[str, Any] | None) -> str | None:
    """The hash a request names its document by, in lower case; None without. Raises for one that is none."""
    named = None if extensions is None else extensions.get(PERSISTED)
    if named is None:
        return None
    if not isinstance(named, dict):
        raise RequestRefusedError("BAD_PARAMETER", parameter=f"extensions.{PERSISTED}")
    if named.get("version") != _VERSION:
        raise RequestRefusedError("PERSISTED_QUERY_NOT_SUPPORTED")
    digest = named.get("sha256Hash")
    if not isinstance(digest, str) or not _HASH.fullmatch(digest):
        raise RequestRefusedError("BAD_PARAMETER", parameter=f"extensions.{PERSISTED}.sha256Hash")
    return digest.lower()


def _without_name(extensions: dict[str, Any] | None) -> dict[str, Any] | None:
    """The other extensions; how a document was named decides nothing of the answer."""
    rest = {name: value for name, value in (extensions or {}).items() if name != PERSISTED}
    return rest or None
