"""The lab's graph in our own words: its types are given, see ``typeDefs`` of the lab."""

from collections.abc import Mapping
from typing import Any

import strawberry
from graphql import GraphQLSchema

from benchmarks.lab.ports import EmployeeSource, PostSource, QuestionSource, StudioSource
from schema.fields import argument, described, link, links, many, value
from schema.reading import attach_readers


def _id() -> Any:
    return value("id", zh="标识", en="Its id.")


def _name() -> Any:
    return value("name", zh="名称", en="Its name.")


def _first(most: int) -> Any:
    return argument("first", int | None, zh="最多几条", en="At most so many.", default=most)


def _at_most(most: int) -> Any:
    """Reads ``first``; null counts as not given."""

    def read(arguments: Mapping[str, Any]) -> int:
        first = arguments.get("first")
        return most if first is None else int(first)

    return read


_TWENTY, _HUNDRED = _at_most(20), _at_most(100)


@described(zh="作者", en="Who writes posts.")
class User:
    """Of the posts' service."""

    id: int = _id()
    name: str = _name()
    username: str = value("username", zh="账号", en="The account.")
    email: str = value("email", zh="邮箱", en="The address.")
    phone: str | None = value("phone", zh="电话", en="The phone.")
    website: str | None = value("website", zh="网站", en="The site.")


@described(zh="帖子", en="A post.")
class Post:
    """Of the posts' service."""

    id: int = _id()
    user_id: int = value("user_id", zh="作者的标识", en="Who wrote it.")
    title: str = value("title", zh="标题", en="Its title.")
    body: str = value("body", zh="正文", en="Its text.")
    user: User | None = link(PostSource.load_users, key="user_id", zh="作者", en="Who wrote it.")


@described(zh="公职人员", en="An employee.")
class Employee:
    """Of the work app."""

    code: str = value("code", zh="编码", en="The code.")
    org_name: str = value("org_name", zh="单位", en="The office.")
    title: str = value("title", zh="职务", en="The title.")


@described(zh="委员", en="A member.")
class Member:
    """Of the duty platform."""

    id: int = _id()
    studio_id: int = value("studio_id", zh="工作室", en="The studio.")
    code: str = value("code", zh="编码", en="The code in the work app.")
    name: str = _name()
    sector: str = value("sector", zh="界别", en="The sector.")
    region: str = value("region", zh="区划", en="The region.")
    score: float = value("score", zh="分数", en="The score.")
    employee: Employee | None = link(EmployeeSource.load_employees, key="code", zh="公职", en="The employee.")


@described(zh="市民", en="A citizen.")
class Citizen:
    """Of the citizen app."""

    id: int = _id()
    name: str = _name()
    email: str = value("email", zh="邮箱", en="The address.")


@described(zh="提问", en="A question.")
class Question:
    """Of the citizen app."""

    id: int = _id()
    studio_id: int = value("studio_id", zh="工作室", en="The studio.")
    title: str = value("title", zh="标题", en="Its title.")
    asker: Citizen | None = link(QuestionSource.load_citizens, key="asker_id", zh="提问者", en="Who asks.")
    answered_by: Member | None = link(StudioSource.load_members, key="answered_by_id", zh="答复者", en="Who answered.")


@described(zh="工作室", en="A studio.")
class Studio:
    """Of the duty platform."""

    id: int = _id()
    name: str = _name()
    city: str = value("city", zh="城市", en="Its city.")
    members: list[Member] = links(StudioSource.load_members, keys="member_ids", zh="委员", en="Its members.")
    questions: list[Question] = many(
        QuestionSource.list_questions,
        arguments=(_first(20),),
        taken=lambda arguments: (_TWENTY(arguments),),
        owner=lambda studio, _: studio.id,
        zh="提问",
        en="Questions put to it.",
    )


def _greeting() -> str:
    return "Hello World!"


@described(zh="入口", en="Where reading begins.")
class Query:
    """Root fields."""

    greet: str = strawberry.field(resolver=_greeting, description="A greeting, of no platform.")
    posts: list[Post] = many(PostSource.list_posts, owner=lambda *_: "all", zh="帖子", en="All posts.")
    studios: list[Studio] = many(
        StudioSource.list_studios,
        arguments=(_first(20),),
        owner=lambda _, arguments: _TWENTY(arguments),
        zh="工作室",
        en="Studios.",
    )
    members: list[Member] = many(
        StudioSource.list_members,
        arguments=(_first(100),),
        owner=lambda _, arguments: _HUNDRED(arguments),
        zh="委员",
        en="Members.",
    )


def build_graph() -> GraphQLSchema:
    """The executable schema."""
    built = strawberry.Schema(query=Query)
    schema: GraphQLSchema = built._schema  # noqa: SLF001 - Strawberry hands its graphql-core schema out nowhere else
    attach_readers(schema)
    return schema
