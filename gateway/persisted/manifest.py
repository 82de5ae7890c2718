"""Manifests of documents, as front ends' tools write them. Pure."""

import re
from collections.abc import Mapping
from hashlib import sha256

import msgspec

MOST_DOCUMENTS = 10_000
_ID = re.compile(r"[A-Za-z0-9_.:/-]{1,128}", re.ASCII)


class BadManifestError(Exception):
    """It is none; the text says what is wrong, without any of its contents but an id."""


class _Operation(msgspec.Struct):
    id: str
    body: str


class _Apollo(msgspec.Struct, tag_field="format", tag="apollo-persisted-query-manifest"):
    version: int
    operations: list[_Operation]


_apollo = msgspec.json.Decoder(_Apollo).decode
_plain = msgspec.json.Decoder(dict[str, str]).decode


def documents_in(content: bytes) -> Mapping[str, str]:
    """The texts by their ids.

    Either an object of ids and texts, as graphql-codegen's client preset and the Relay compiler write it, or Apollo's
    manifest. Raises ``BadManifestError``.
    """
    documents = _read(content)
    if len(documents) > MOST_DOCUMENTS:
        raise BadManifestError(f"more than {MOST_DOCUMENTS} documents")
    for identifier in documents:
        if not _ID.fullmatch(identifier):
            raise BadManifestError(f"not an id: {identifier[:40]!r}; at most 128 of A-Z a-z 0-9 _ . : / -")
    return documents


def hash_of(text: str) -> str:
    """What clients call a text by that nobody gave a name: its SHA-256, in hex."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _read(content: bytes) -> Mapping[str, str]:
    try:
        return _plain(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    try:
        manifest = _apollo(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadManifestError(
            "neither a JSON object of ids and texts nor a manifest of the format apollo-persisted-query-manifest"
        ) from None
    if manifest.version != 1:
        raise BadManifestError("a manifest of another version than 1")
    documents = {operation.id: operation.body for operation in manifest.operations}
    if len(documents) != len(manifest.operations):
        raise BadManifestError("an id stands in it twice")
    return documents
