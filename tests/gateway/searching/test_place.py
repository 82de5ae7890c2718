"""Where a page of a search ended."""

from base64 import urlsafe_b64encode

import pytest

from connectors.records.search import SearchKind, SearchQuery
from connectors.refusals import RefusedError
from gateway.searching.place import Place, Stand, cursor_of, digest_of, place_from

LISTS = ("zheliban", "zheliban", "duty")
QUERY = SearchQuery(text="法律", kinds=(SearchKind.STUDIO,))
PLACE = Place((Stand("c7", 0.5), None, Stand(None, 98.25)), platform="duty", run=2)


def test_a_cursor_brings_the_place_back() -> None:
    """Each list's cursor and scale, the lists that ended, and whose hits were the last."""
    digest = digest_of(QUERY, LISTS)

    assert place_from(cursor_of(PLACE, digest), digest, 3) == PLACE
    assert place_from(None, digest, 2) == Place((Stand(), Stand()))


@pytest.mark.parametrize(
    "digest",
    [
        digest_of(SearchQuery(text="医疗", kinds=QUERY.kinds), LISTS),
        digest_of(SearchQuery(text="法律", kinds=(SearchKind.STUDIO, SearchKind.MEMBER)), LISTS),
        digest_of(QUERY, ("zheliban", "duty", "duty")),
    ],
)
def test_a_cursor_of_another_search_is_none(digest: str) -> None:
    """Other words, other kinds, other platforms than it was made with."""
    cursor = cursor_of(PLACE, digest_of(QUERY, LISTS))

    with pytest.raises(RefusedError, match="BAD_CURSOR"):
        place_from(cursor, digest, 3)


def test_what_nobody_made_is_no_cursor() -> None:
    """Not base64, not JSON, not of the form, one list too few, no number."""
    digest = digest_of(QUERY, LISTS)
    made = [
        f'["{digest}","",0,[["",0.0],["",0.0]]]',
        f'["{digest}","",0,[["",0.0],["",0.0],["",1e999]]]',
        f'["{digest}","",0,[["",0.0],["",0.0],7]]',
        f'["{digest}", "",0,[["",0.0],["",0.0],["",0.0]]]',
        "{}",
        "[[[[",
    ]

    for cursor in ["", "a", "*", "法", *(urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in made)]:
        with pytest.raises(RefusedError, match="BAD_CURSOR"):
            place_from(cursor, digest, 3)
