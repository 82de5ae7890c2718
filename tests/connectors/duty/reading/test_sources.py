"""Reading groups and study materials as the graph gets them (contract/reading.yaml; operation 22)."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.records.page import PageArgs
from connectors.records.reading_group import ReadingGroupQuery, StudyMaterialKind, StudyMaterialQuery
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.forum_stack import items, rows

ALL = PageArgs(first=100, with_total=True)
MEMBER = {"id": "M1", "name": "王大友", "sectorCode": "ECONOMY", "sectorName": "经济界"}
GROUP: dict[str, Any] = {
    "id": "RG1",
    "name": "读书群",
    "book": "《乡土中国》",
    "introduction": "一周一章",
    "organizationCode": "GO_zx331000",
    "organizationName": "政协台州市委员会",
    "organizationLevel": "MUNICIPAL",
    "convener": MEMBER,
    "memberCount": 9,
    "postCount": 2,
}
POST: dict[str, Any] = {
    "id": "RG1-00001",
    "groupId": "RG1",
    "body": "读后感",
    "postedAt": "2026-11-20T08:00:00+08:00",
    "author": MEMBER,
}
MATERIAL: dict[str, Any] = {
    "id": "SM1",
    "title": "怎样写好一件提案",
    "kind": "COURSE",
    "url": "https://study.example/1",
    "publishedAt": "2026-11-20T08:00:00+08:00",
    "organizationCode": None,
    "organizationName": None,
    "organizationLevel": None,
}


async def test_operation_22_costs_three_calls(
    forum: SimpleNamespace, sandbox: SandboxApp, world: World, ask: Ask
) -> None:
    """Groups, the posts of all of them with their counts, and materials: a call each, and one for the token."""
    [groups] = await forum.groups.list_reading_groups([ReadingGroupQuery()], PageArgs(first=20), ask)
    pages = await forum.groups.list_group_posts(
        [group.key for group in groups.nodes], PageArgs(first=5, with_total=True), ask
    )
    [materials] = await forum.materials.list_study_materials([StudyMaterialQuery()], PageArgs(first=20), ask)

    assert len(groups.nodes) == 2 * len(world.committees)
    assert [page.total for page in pages] == [group.post_count for group in groups.nodes]
    for group, page in zip(groups.nodes, pages, strict=True):
        moments = [post.posted_at for post in page.nodes]
        assert moments == sorted(moments, reverse=True)
        assert max(moments) <= world.today
        assert {post.group_key for post in page.nodes} == {group.key}
        assert group.member_count >= len({post.author.key for post in page.nodes})
    assert {material.kind for material in materials.nodes} == set(StudyMaterialKind)
    assert dict(sandbox.calls) == {
        "token": 1,
        "readingGroups.list": 1,
        "readingGroups.posts": 1,
        "studyMaterials.list": 1,
    }


async def test_groups_of_a_member_and_of_a_committee(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """Both narrow the list; the convener is one of the group."""
    code = world.committees[0].code
    [own] = await forum.groups.list_reading_groups([ReadingGroupQuery(organization_key=code)], ALL, ask)
    convener = own.nodes[0].convener

    of_member, both, nobody = await forum.groups.list_reading_groups(
        [
            ReadingGroupQuery(member_key=convener.key),
            ReadingGroupQuery(member_key=convener.key, organization_key=world.committees[1].code),
            ReadingGroupQuery(member_key="M0"),
        ],
        ALL,
        ask,
    )

    assert {group.organization.key for group in own.nodes} == {code}
    assert own.nodes[0] in of_member.nodes
    assert (both.nodes, nobody.nodes) == ((), ())


async def test_posts_by_key_are_those_of_the_list(forum: SimpleNamespace, world: World, ask: Ask) -> None:
    """So are groups and materials."""
    [groups] = await forum.groups.list_reading_groups([ReadingGroupQuery()], PageArgs(first=3), ask)
    [page] = await forum.groups.list_group_posts([groups.nodes[0].key], PageArgs(first=3), ask)
    [materials] = await forum.materials.list_study_materials(
        [StudyMaterialQuery(kind=StudyMaterialKind.BOOK, organization_key=world.committees[0].code)], ALL, ask
    )

    assert await forum.groups.load_reading_posts([post.key for post in page.nodes], ask) == list(page.nodes)
    assert await forum.groups.load_reading_groups([g.key for g in groups.nodes], ask) == list(groups.nodes)
    found = await forum.materials.load_study_materials([m.key for m in materials.nodes] + ["SM"], ask)
    assert found == [*materials.nodes, None]
    assert await forum.groups.load_reading_posts(["RG-1", "x"], ask) == [None, None]


@pytest.mark.parametrize("name", sorted(set(GROUP) - {"id", "organizationName", "organizationLevel"}))
async def test_a_wrong_member_of_a_group_costs_its_field(
    name: str, forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """Missing or of another type: an error in its field, the others as they were."""
    missing = {key: value for key, value in GROUP.items() if key != name}
    [right] = await forum_over(items(GROUP)).groups.load_reading_groups(["RG1"], ask)

    for row in (missing, GROUP | {name: [{"v": []}]}):
        [found] = await forum_over(items(row)).groups.load_reading_groups(["RG1"], ask)

        [wrong] = [field for field in found.__struct_fields__ if getattr(found, field) != getattr(right, field)]
        assert isinstance(getattr(found, wrong), UnexpectedAnswerError)


@pytest.mark.parametrize("name", sorted(set(POST) - {"id"}))
async def test_a_wrong_member_of_a_post_costs_its_field(
    name: str, forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """Missing or of another type: an error in its field, the others as they were."""
    missing = {key: value for key, value in POST.items() if key != name}
    [right] = await forum_over(items(POST)).groups.load_reading_posts(["RG1-00001"], ask)

    for row in (missing, POST | {name: [{"v": []}]}):
        [found] = await forum_over(items(row)).groups.load_reading_posts(["RG1-00001"], ask)

        [wrong] = [field for field in found.__struct_fields__ if getattr(found, field) != getattr(right, field)]
        assert isinstance(getattr(found, wrong), UnexpectedAnswerError)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "PODCAST"}, "kind"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": 7}, "url"),
        ({"publishedAt": "2026-11-20T08:00:00"}, "published_at"),
        ({"organizationCode": {"value": "GO_zx331000"}}, "organization"),
        ({"title": None}, "title"),
    ],
)
async def test_a_wrong_member_of_a_material_costs_its_field(
    changed: dict[str, Any], field: str, forum_over: Callable[..., SimpleNamespace], ask: Ask
) -> None:
    """A kind nobody knows, a link that is none, a time without an offset: an error there, nothing guessed."""
    forum = forum_over(rows(MATERIAL | changed, MATERIAL))

    [page] = await forum.materials.list_study_materials([StudyMaterialQuery()], PageArgs(first=5), ask)

    broken, right = page.nodes
    assert [name for name in right.__struct_fields__ if isinstance(getattr(broken, name), PlatformError)] == [field]
    assert right.organization is None
