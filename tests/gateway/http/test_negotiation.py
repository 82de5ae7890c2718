import pytest

from gateway.http.negotiation import MediaType, media_type_for, prefers_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, MediaType.JSON),
        ("", MediaType.JSON),
        ("*/*", MediaType.JSON),
        ("application/*", MediaType.JSON),
        ("application/json", MediaType.JSON),
        ("APPLICATION/JSON; charset=utf-8", MediaType.JSON),
        ("application/graphql-response+json", MediaType.GRAPHQL),
        ("application/graphql-response+json, application/json;q=0.9", MediaType.GRAPHQL),
        ("application/json, application/graphql-response+json", MediaType.GRAPHQL),
        ("application/json, application/graphql-response+json;q=0.9", MediaType.JSON),
        ("application/graphql-response+json;q=0.1, */*", MediaType.JSON),
        ("application/graphql-response+json, */*;q=0.5", MediaType.GRAPHQL),
        ("application/json;q=0, */*", MediaType.GRAPHQL),
        ("application/graphql-response+json, application/json, text/event-stream", MediaType.GRAPHQL),
        (BROWSER, MediaType.JSON),
        ("text/plain", None),
        ("application/json;q=0", None),
        ("*/*;q=0", None),
        ("application/json;q=high", None),
        ("application/json;q=nan", None),
        (",,;;=", None),
    ],
)
def test_media_type_follows_accept(accept: str | None, chosen: MediaType | None) -> None:
    """The type with the greatest weight is taken, the most exact range deciding each weight."""
    assert media_type_for(accept) == chosen


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (None, False),
        ("*/*", False),
        (BROWSER, True),
        ("text/html", True),
        ("text/html;q=0, */*", False),
        ("application/json, text/html;q=0.9", False),
    ],
)
def test_browsers_are_known_by_naming_html_first(accept: str | None, html: bool) -> None:  # noqa: FBT001 - the claim
    """Only who names text/html, and names nothing of ours before it, is taken for a browser."""
    assert prefers_html(accept) is html
