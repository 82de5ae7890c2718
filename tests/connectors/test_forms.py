"""Parameters in forms and addresses."""

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from connectors.forms import form_encoded

WORDS = st.text() | st.text("aZ9_.~-,:+% /!'()*", max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS)))
def test_parameters_are_encoded_as_ever(pairs: list[tuple[str, str]]) -> None:
    """The short way for codes, lists of codes and times writes what the long way for everything writes."""
    assert form_encoded(pairs) == urlencode(pairs)
