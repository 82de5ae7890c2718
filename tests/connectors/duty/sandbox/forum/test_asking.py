"""The client asks for deliberations, statements, articles, reading and search by the contract."""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import msgspec

from connectors.records.article import ArticleKind, ArticleQuery
from connectors.records.deliberation import DeliberationKind, DeliberationQuery, DeliberationStatus
from connectors.records.page import PageArgs
from connectors.records.reading_group import ReadingGroupQuery, StudyMaterialKind, StudyMaterialQuery
from connectors.records.search import SearchKind, SearchQuery
from connectors.records.statement import StatementDraft, StatementQueue
from connectors.sandbox.world import World
from connectors.viewer import Ask, Role
from tests.contracts import Contract

FILES = ("deliberations.yaml", "statements.yaml", "articles.yaml", "reading.yaml", "search.yaml")
ROOM, GROUP, ID = "DL331000005", "RG33100000", "write-0123456789ab"


async def test_the_client_asks_by_the_contract(
    forum: SimpleNamespace, contract: Contract, world: World, as_member: Ask, as_staff: Ask
) -> None:
    """Each request the sources and desks send is one the contract describes, with nothing added or missing."""
    page, code, since = PageArgs(first=2, with_total=True), world.committees[0].code, world.today - timedelta(days=9)
    deliberations = [
        DeliberationQuery(
            kind=DeliberationKind.HOT_TOPIC,
            status=DeliberationStatus.OPEN,
            organization_key=code,
            region_key="331000",
            text="协商",
            top_level=True,
        ),
        DeliberationQuery(changed_since=since),
    ]
    articles = [
        ArticleQuery(kind=ArticleKind.NEWS, organization_key=code, region_key="331000", text="视察"),
        ArticleQuery(changed_since=since),
    ]
    found = await forum.deliberations.list_deliberations(deliberations, page, as_member)
    await forum.deliberations.list_deliberations(deliberations[1:], PageArgs(first=2, after=found[1].end), as_member)
    await forum.deliberations.load_deliberations([ROOM], as_member)
    await forum.deliberations.list_sub_deliberations(["DL331000100"], page, as_member)
    await forum.deliberations.list_member_deliberations([world.members[0].key], page, as_member)
    await forum.statements.list_member_statements([world.members[0].key], page, as_member)
    [said] = await forum.statements.list_deliberation_statements([ROOM], page, as_member)
    await forum.statements.list_statement_changes([ROOM], since, page, as_member)
    moderator = msgspec.structs.replace(as_staff, viewer=replace(as_staff.viewer, roles=frozenset({Role.MODERATOR})))
    await forum.statements.list_waiting_statements([StatementQueue(deliberation_key=ROOM)], page, moderator)
    await forum.statements.load_statements([said.nodes[0].key], as_member)
    draft = StatementDraft(deliberation_key=ROOM, body="支持")
    posted = await forum.statement_desk.post_statement(draft, ID, as_member)
    await forum.statement_desk.like_statement(posted.key, f"{ID}1", as_member, liked=True)
    await forum.statement_desk.moderate_statement(posted.key, f"{ID}2", as_staff, publish=False)
    await forum.articles.list_published_articles(articles, page, as_member)
    await forum.articles.load_published_articles(["AR331000000"], as_member)
    await forum.pictures.open_file("articles/AR331000002/cover", as_member)
    query = ReadingGroupQuery(organization_key=code, member_key=world.members[0].key)
    await forum.groups.list_reading_groups([query], page, as_member)
    await forum.groups.load_reading_groups([GROUP], as_member)
    await forum.groups.list_group_posts([GROUP], page, as_member)
    await forum.groups.load_reading_posts([f"{GROUP}-00001"], as_member)
    await forum.reading_desk.join_reading_group(GROUP, f"{ID}3", as_member)
    await forum.reading_desk.post_in_reading_group(GROUP, "读后感", f"{ID}4", as_member)
    material = StudyMaterialQuery(kind=StudyMaterialKind.BOOK, organization_key=code)
    await forum.materials.list_study_materials([material], page, as_member)
    await forum.materials.load_study_materials(["SM0000"], as_member)
    await forum.search.list_search_hits([SearchQuery(text="法律", kinds=tuple(SearchKind))], page, as_member)

    seen = {asked(contract, request) for request in forum.requests if request.url.path != "/oauth/token"}

    assert seen == {name for name, operation in contract.operations.items() if operation.file in FILES}


def asked(contract: Contract, request: httpx.Request) -> str:
    """The operation a request is; fails where the contract does not describe it."""
    name = next(
        name
        for name, operation in contract.operations.items()
        if (operation.method, operation.path.replace("{id}", "AR331000002")) == (request.method, request.url.path)
    )
    operation, sent = contract.operations[name], dict(request.url.params)
    resolved = [contract.resolved(each, operation.file) for each in operation.described.get("parameters", ())]
    described = {told["name"]: (told, file) for told, file in resolved if told["in"] == "query"}
    assert set(sent) <= set(described)
    assert {parameter for parameter, (told, _) in described.items() if told.get("required")} <= set(sent)
    for parameter, text in sent.items():
        schema, file = contract.resolved(described[parameter][0]["schema"], described[parameter][1])
        assert contract.problems(schema, read_as(schema["type"], text), file) == []
    if request.method == "POST":
        assert contract.against_body(name, json.loads(request.content)) == []
    return name


def read_as(kind: str, text: str) -> Any:
    """A query value as its schema means it."""
    if kind == "array":
        return text.split(",")
    return {"true": True, "false": False}[text] if kind == "boolean" else int(text) if kind == "integer" else text
