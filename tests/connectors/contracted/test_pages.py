"""Pages that cannot be read whole cost a field, a row or one owner's page."""

import pytest

from connectors.contracted.pages import lists_in, page_in, page_params, pages_in
from connectors.duty.mapping import MEMBER, SECTOR
from connectors.errors import UnexpectedAnswerError
from connectors.records.page import PageArgs
from connectors.transport import Answer

ROW = '{"id": "M1", "cursor": "c1", "name": "陈", "hasPortrait": false}'


def answered(body: str) -> Answer:
    """An answer with that body."""
    return Answer("duty", "studios.members", 200, {}, body.encode())


def test_a_page_is_asked_for_by_its_parameters() -> None:
    """A cursor and the wish for a total only where there is one."""
    assert page_params(PageArgs(first=5)) == {"first": "5"}
    assert page_params(PageArgs(first=5, after="c", with_total=True)) == {
        "first": "5",
        "after": "c",
        "withTotal": "true",
    }


def test_rows_keep_their_cursors_whatever_else_is_wrong() -> None:
    """A row that tells no key is an error in its own place; a total that is none is one in its own."""
    body = f'{{"rows": [{ROW}, {{"cursor": "c2"}}, 7], "hasNext": true, "total": "many"}}'

    page = page_in(answered(body), MEMBER)

    assert [edge.cursor for edge in page.edges] == ["c1", "c2", ""]
    assert (page.nodes[0].key, page.nodes[0].name, page.has_next) == ("M1", "陈", True)
    for broken in (page.nodes[0].term, page.nodes[1], page.nodes[2], page.total):
        assert isinstance(broken, UnexpectedAnswerError)


def test_one_owners_page_costs_no_other() -> None:
    """A page without rows, or whose going on nobody can tell, is an error for its owner; the others are whole."""
    good = f'{{"ownerId": "S1", "rows": [{ROW}], "hasNext": false, "total": 1}}'
    body = f'{{"items": [{good}, {{"ownerId": "S2"}}, {{"ownerId": "S3", "rows": [], "hasNext": 3}}]}}'

    pages = pages_in(answered(body), MEMBER, ["S1", "S2", "S3", "S4"])

    assert pages["S1"].total == 1
    assert isinstance(pages["S2"], UnexpectedAnswerError)
    assert isinstance(pages["S3"], UnexpectedAnswerError)
    assert "S4" not in pages


def test_a_page_that_tells_no_owner_may_be_anybodys() -> None:
    """Then nobody who is missing is taken for unknown."""
    pages = pages_in(answered('{"items": [{"rows": [], "hasNext": false}]}'), MEMBER, ["S1"])

    assert isinstance(pages["S1"], UnexpectedAnswerError)


def test_short_lists_have_no_cursors() -> None:
    """An owner's whole list is its rows."""
    rows = '[{"id": "L_CPC", "name": "中共", "nationalSectorCodes": ["CPC"], "order": 1}, {"id": "X", "name": 5}]'
    lists = lists_in(answered(f'{{"items": [{{"ownerId": "GO_1", "rows": {rows}}}]}}'), SECTOR, ["GO_1"])

    assert (lists["GO_1"][0].code, lists["GO_1"][0].national_codes) == ("L_CPC", ("CPC",))
    assert isinstance(lists["GO_1"][1].name, UnexpectedAnswerError)


@pytest.mark.parametrize("body", ["", "[]", "7", '{"rows": []}', '{"rows": {}, "hasNext": true}', "[" * 5000])
def test_no_page_at_all(body: str) -> None:
    """Then nothing can be read."""
    with pytest.raises(UnexpectedAnswerError):
        page_in(answered(body), MEMBER)
    with pytest.raises(UnexpectedAnswerError):
        pages_in(answered(body), MEMBER, ["S1"])
