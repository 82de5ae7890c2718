"""Things an input names by their global ids."""

import hashlib

import msgspec

from connectors.records.record import Record
from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from schema.acts import Given, InputError
from schema.identifiers import key_named

_LONGEST_KEY = 64  # platforms' keys are no longer, and the store keeps places for no more


def key_in(given: Given, field: str, type_name: str) -> str:
    """The key in a field that has to be there. Raises ``RefusedError`` (BAD_ID) for another type's id."""
    key = key_named(given[field], type_name)
    if key is None or len(key) > _LONGEST_KEY:
        raise RefusedError("BAD_ID")
    return key


def new_subject(kind: str, request: Record, viewer: Viewer) -> str:
    """What an act is about that makes something new: it waits for nothing but the same, asked for by the same again."""
    told = f"{asker_in(viewer)}\n".encode() + msgspec.json.encode(request)
    return f"{kind}:new:{hashlib.sha256(told).hexdigest()[:32]}"


def asker_in(viewer: Viewer) -> str:
    """Who asks, in what an act is about: members by their public key, others by a digest that names nobody."""
    return viewer.member_key or hashlib.sha256(str(viewer.person_id).encode()).hexdigest()[:32]


def keys_in(given: Given, field: str, type_name: str, most: int) -> tuple[str, ...]:
    """The keys in a list that may be left out, each once.

    Raises ``InputError`` (TOO_MANY_ENTRIES), ``RefusedError`` (BAD_ID).
    """
    named = given.get(field) or ()
    if len(named) > most:
        raise InputError("TOO_MANY_ENTRIES", field, most=most)
    return tuple(dict.fromkeys(key_named(one, type_name) or "" for one in named))


def some_in(given: Given, field: str, type_name: str, most: int) -> tuple[str, ...]:
    """The keys in a list that names one at least. Raises ``InputError`` (NO_ENTRIES), and as ``keys_in``."""
    found = keys_in(given, field, type_name, most)
    if not found:
        raise InputError("NO_ENTRIES", field)
    return found
