"""What several platforms found, in one order."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import UnexpectedAnswerError
from connectors.records.found import FoundRow
from connectors.records.page import Page, Row
from connectors.records.search import SearchHit, SearchKind
from connectors.records.studio import StudioRef
from gateway.searching.merging import MOST_IN_A_ROW, Merging, Stretch
from gateway.searching.place import Place, Stand, place_from

DIGEST = "d"
BROKEN = UnexpectedAnswerError("duty", "search")
Lists = Mapping[str, Sequence[float]]
"""Each list's scores, best first; a list's name is its platform's and a number."""


def hit(key: str, score: float) -> SearchHit:
    """A hit called by its list and place."""
    return SearchHit(kind=SearchKind.STUDIO, score=score, node=StudioRef(key=key))


def behind(name: str, scores: Sequence[float], stand: Stand | None, first: int) -> Stretch:
    """What a list answers behind a cursor, which is the number of hits before it."""
    if stand is None:
        return Stretch(name[0], None, None)
    begin = int(stand.after or 0)
    rows = [Row(cursor=str(at + 1), node=hit(f"{name}{at}", score)) for at, score in enumerate(scores)]
    page = Page(edges=tuple(rows[begin : begin + first]), has_next=begin + first < len(rows))
    return Stretch(name[0], stand, page)


def page_of(lists: Lists, first: int, after: str | None = None) -> tuple[tuple[FoundRow[StudioRef], ...], bool]:
    """One page, and whether more follow."""
    place = place_from(after, DIGEST, len(lists))
    stretches = [behind(*one, stand, first) for one, stand in zip(lists.items(), place.stands, strict=True)]
    merging = Merging(stretches, place, DIGEST)
    return merging.rows(first), merging.has_next()


def walked(lists: Lists, first: int) -> list[str]:
    """Every hit's key, page by page."""
    keys: list[str] = []
    after, more = None, True
    while more:
        rows, more = page_of(lists, first, after)
        keys += [row.node.key for row in rows]
        after = rows[-1].cursor if rows else None
    return keys


def test_scores_are_measured_by_the_best_of_their_own_list() -> None:
    """A platform that counts to a hundred stands no higher than one that counts to one."""
    rows, _ = page_of({"a": [90.0, 45.0, 9.0], "b": [0.8, 0.6, 0.2]}, 6)

    assert [(row.node.key, row.score) for row in rows] == [
        ("a0", 1.0),
        ("b0", 1.0),
        ("b1", 0.75),
        ("a1", 0.5),
        ("b2", 0.25),
        ("a2", 0.1),
    ]


def test_scores_keep_their_measure_on_later_pages() -> None:
    """The best of the first page is what the second is measured by."""
    first, _ = page_of({"a": [90.0, 45.0, 9.0]}, 1)
    second, _ = page_of({"a": [90.0, 45.0, 9.0]}, 2, first[0].cursor)

    assert [row.score for row in second] == [0.5, 0.1]


def test_no_platform_fills_the_page() -> None:
    """However high it rates its own, after two in a row comes another's, whichever list of it had them."""
    keys = walked({"a1": [1.0] * 4, "a2": [1.0] * 4, "b": [1.0, 0.1, 0.1, 0.1]}, 5)

    assert [key[0] for key in keys] == list("abaabaabaaba")


def test_who_is_left_alone_fills_the_rest() -> None:
    """Where the others have nothing more, all of the page is one platform's."""
    assert [key[0] for key in walked({"a": [1.0] * 5, "b": [1.0]}, 10)] == list("abaaaa")


scores = st.lists(st.floats(0, 100), max_size=12).map(lambda one: sorted(one, reverse=True))


@given(st.fixed_dictionaries({"a1": scores, "a2": scores, "b": scores}), st.integers(1, 13))
def test_pages_of_any_size_hold_everything_once(lists: Lists, first: int) -> None:
    """Each list in its own order, whatever the page's size; the share of a platform is bounded in every stretch."""
    keys = walked(lists, first)

    assert sorted(keys) == sorted(f"{name}{at}" for name, each in lists.items() for at in range(len(each)))
    for name in lists:
        own = [key for key in keys if key.startswith(name)]
        assert own == [f"{name}{at}" for at in range(len(own))]
    last_b = max((at for at, key in enumerate(keys) if key[0] == "b"), default=-1)
    for at in range(last_b - MOST_IN_A_ROW):
        assert "b" in {key[0] for key in keys[at : at + MOST_IN_A_ROW + 1]}


def test_a_list_that_failed_keeps_its_place() -> None:
    """Nothing of it is shown, and the next page asks it again where it stood; alone it is no reason to go on."""
    stood = Stand("7", 3.0)
    merging = Merging([Stretch("a", stood, None), behind("b", [1.0, 0.5], Stand(), 1)], Place((stood, Stand())), DIGEST)

    [row] = merging.rows(1)

    assert place_from(row.cursor, DIGEST, 2).stands == (stood, Stand("1", 1.0))
    assert merging.has_next()
    assert not Merging([Stretch("a", stood, None)], Place((stood,)), DIGEST).has_next()


def test_what_cannot_be_read_costs_its_own_place() -> None:
    """A hit that is an error stands last as that error; a score that is none counts as none; no cursor ends a list."""
    odd: list[Row[object]] = [
        Row(cursor="1", node=BROKEN),
        Row(cursor="2", node=SearchHit(kind=SearchKind.STUDIO, score=BROKEN, node=BROKEN)),  # type: ignore[arg-type]  # as a lenient reading leaves them
        Row(cursor="", node=hit("a2", 2.0)),
    ]
    stretch = Stretch("a", Stand(), Page(edges=tuple(odd), has_next=True))  # type: ignore[arg-type]  # as above
    merging = Merging([stretch], Place((Stand(),)), DIGEST)

    rows = merging.rows(3)

    assert [(row.node, row.score) for row in rows] == [(BROKEN, 0.0), (BROKEN, 0.0), (StudioRef(key="a2"), 1.0)]
    assert not merging.has_next()
