"""Manifests as front ends' tools write them."""

import json

import pytest

from gateway.persisted.manifest import MOST_DOCUMENTS, BadManifestError, documents_in, hash_of

APOLLO = b'{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [%b]}'
TEXT = "query A { viewer { id } }"


def test_ids_and_texts_are_read() -> None:
    """As graphql-codegen's client preset and the Relay compiler write them."""
    assert documents_in(json.dumps({"0a1b": TEXT, "app/page.v2:A": "{ a }"}).encode()) == {
        "0a1b": TEXT,
        "app/page.v2:A": "{ a }",
    }


def test_apollos_manifest_is_read() -> None:
    """Its operations' bodies by their ids; what else it tells is passed over."""
    operation = {"id": "x", "name": "A", "type": "query", "body": TEXT}
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [operation]}

    assert documents_in(json.dumps(manifest).encode()) == {"x": TEXT}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "neither"),
        (b"[]", "neither"),
        (b'{"a": 1}', "neither"),
        (b"\xff", "neither"),
        (b'{"": "{ a }"}', "not an id"),
        (json.dumps({"a b": "{ a }"}).encode(), "not an id"),
        (json.dumps({"a" * 129: "{ a }"}).encode(), "not an id"),
        (json.dumps({str(at): "{ a }" for at in range(MOST_DOCUMENTS + 1)}).encode(), "more than"),
        (b'{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}', "version"),
        (
            APOLLO % b'{"id": "a", "body": "{ a }"}, {"id": "a", "body": "{ b }"}',
            "twice",
        ),
    ],
)
def test_what_is_no_manifest_says_why(content: bytes, says: str) -> None:
    """In a sentence for whoever imports it."""
    with pytest.raises(BadManifestError, match=says):
        documents_in(content)


def test_a_hash_is_that_of_utf_8() -> None:
    """Whatever the text holds, a lone surrogate too."""
    assert hash_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert len(hash_of("\ud800法")) == 64
