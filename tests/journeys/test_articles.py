"""What committees publish: lists, an article with its text, its picture through the gateway."""

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox

LIST = """query ($filter: ArticleFilter) { articles(filter: $filter, first: 20) { totalCount nodes {
    id kind title publishedAt coverUrl organization { id name } } } }"""
ARTICLE = "query ($id: ID!) { article(id: $id) { title bodyHtml entries { postedAt body } } }"


async def test_anyone_reads_articles_newest_first(sandbox: Sandbox, gateway: Gateway) -> None:
    """A list costs one call and its rows no text; each is read by its id, with the text."""
    sandbox.reset()

    body = await gateway.query(LIST)
    calls = sandbox.calls()
    first = body["data"]["articles"]["nodes"][0]
    whole = await gateway.query(ARTICLE, {"id": first["id"]})

    assert "errors" not in body
    assert sum(calls.values()) == 1, calls
    dates = [node["publishedAt"] for node in body["data"]["articles"]["nodes"]]
    assert dates == sorted(dates, reverse=True)
    assert whole["data"]["article"]["title"] == first["title"]
    assert whole["data"]["article"]["bodyHtml"]


async def test_texts_of_a_list_are_read_in_one_call(sandbox: Sandbox, gateway: Gateway) -> None:
    """Twenty texts are two calls: the list, and all texts together."""
    sandbox.reset()

    body = await gateway.query("{ articles(first: 20) { nodes { bodyHtml entries { body } } } }")

    assert len(body["data"]["articles"]["nodes"]) == 20
    assert sum(sandbox.calls().values()) == 2


async def test_a_live_report_has_its_messages(gateway: Gateway) -> None:
    """Oldest first; only live reports have any."""
    found = await gateway.query(LIST, {"filter": {"kind": "LIVE_REPORT"}})
    report = found["data"]["articles"]["nodes"][0]

    body = await gateway.query(ARTICLE, {"id": report["id"]})

    moments = [entry["postedAt"] for entry in body["data"]["article"]["entries"]]
    assert report["kind"] == "LIVE_REPORT"
    assert moments
    assert moments == sorted(moments)


async def test_a_committees_articles_are_its_own(sandbox: Sandbox, gateway: Gateway) -> None:
    """By the committee and by the filter the same."""
    organization = global_id("Organization", sandbox.world.committees[0].code)
    text = """query ($id: ID!) { organization(id: $id) { articles(first: 20) { totalCount nodes { id
        organization { id } } } } }"""

    body = await gateway.query(text, {"id": organization})
    filtered = await gateway.query(LIST, {"filter": {"organizationId": organization}})

    own = body["data"]["organization"]["articles"]
    assert {node["organization"]["id"] for node in own["nodes"]} == {organization}
    assert own["totalCount"] == filtered["data"]["articles"]["totalCount"] > 0


async def test_a_cover_is_read_through_the_gateway(gateway: Gateway) -> None:
    """A picture, without the platform's address."""
    body = await gateway.query(LIST)
    url = next(node["coverUrl"] for node in body["data"]["articles"]["nodes"] if node["coverUrl"])

    answer = await gateway.client.get(url)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/")


async def test_without_the_registry_there_are_no_articles(sandbox: Sandbox, gateway: Gateway) -> None:
    """Null, with the error of the platform."""
    sandbox.break_("duty", FaultKind.HTTP500)

    body = await gateway.query(LIST)

    assert body["data"]["articles"] is None
    assert body["errors"][0]["extensions"]["platform"] == "duty"
