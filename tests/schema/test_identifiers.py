"""Global ids are opaque, stable, and only those this gateway made are taken."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.refusals import RefusedError
from schema.identifiers import global_id, parsed_id

KEYS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@given(st.sampled_from(["Studio", "Member", "Question"]), KEYS)
def test_an_id_leads_back_to_type_and_key(type_name: str, key: str) -> None:
    """What was put in comes out, colons in the key and all."""
    assert parsed_id(global_id(type_name, key)) == (type_name, key)


@given(st.sampled_from(["Studio", "Member"]), st.text(max_size=60))
def test_an_id_is_base64url_without_padding(type_name: str, key: str) -> None:
    """RFC 4648 section 5, whatever the key holds and however long it is."""
    expected = urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("=")

    assert global_id(type_name, key) == expected


@given(st.text(max_size=40))
def test_any_text_is_an_id_or_refused(text: str) -> None:
    """Text nobody made an id of is BAD_ID, never another failure."""
    try:
        found = parsed_id(text)
    except RefusedError:
        found = None

    assert found is None or global_id(*found) == text


@pytest.mark.parametrize("text", ["", "a" * 513, "U3R1ZGlv", "U3R1ZGlvOg", "U3R1ZGlvOlM=", "////", "U3R1ZGlvOlMK"])
def test_what_is_no_id_is_refused(text: str) -> None:
    """Empty, too long, without colon or key, padded, of another alphabet, with a line feed."""
    with pytest.raises(RefusedError, match="BAD_ID"):
        parsed_id(text)
