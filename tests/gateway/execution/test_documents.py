"""Documents are parsed and validated once, and bad ones are told, never raised."""

import pytest
from graphql import build_schema

from gateway.execution.documents import LONGEST_KEPT, MOST_KEPT, MOST_TOKENS_KEPT, Documents
from gateway.limits.settings import LimitSettings

LIMITS = LimitSettings(aliases=1000, root_fields=1000)


@pytest.fixture
def documents() -> Documents:
    """Documents of a small schema."""
    return Documents(build_schema("type Query { a: Query, b: Int }"), LIMITS)


def test_a_text_is_read_once(documents: Documents) -> None:
    """The same text gives the same document."""
    assert documents.read("{ b }") is documents.read("{ b }")


def test_the_least_used_goes_first(documents: Documents) -> None:
    """Beyond the bound the least recently used text is read anew; one used meanwhile is kept."""
    first, second = documents.read("{ b } # 1"), documents.read("{ b } # 2")
    for n in range(3, MOST_KEPT + 1):
        documents.read(f"{{ b }} # {n}")
    documents.read("{ b } # 1")
    documents.read("{ b } # one more")

    assert documents.read("{ b } # 1") is first
    assert documents.read("{ b } # 2") is not second


def test_a_long_text_is_not_kept(documents: Documents) -> None:
    """What is not kept cannot fill the memory."""
    text = "{ b } #" + "x" * LONGEST_KEPT

    assert documents.read(text) is not documents.read(text)


def test_large_documents_are_fewer(documents: Documents) -> None:
    """Together the documents kept have a bound of tokens; the least recently used go first."""
    names = [f"q{n}" for n in range(MOST_TOKENS_KEPT // LIMITS.tokens + 10)]
    fields = " ".join(f"b{n}: b" for n in range(LIMITS.tokens // 3 - 2))
    texts = [f"query {name} {{ {fields} }}" for name in names]

    read = [documents.read(text) for text in texts]

    assert documents.read(texts[-1]) is read[-1]
    assert documents.read(texts[0]) is not read[0]


@pytest.mark.parametrize(
    "text", ["", "{", "{ nope }", "query ($x: Nope) { b }", "{ a " * 900 + "{ b }" + "}" * 900, "{ b " * 2001]
)
def test_what_is_wrong_is_told(documents: Documents, text: str) -> None:
    """Empty, cut, invalid, too deep or too long: errors, and no exception."""
    assert documents.read(text).errors
