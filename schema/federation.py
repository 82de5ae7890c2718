"""This graph as a subgraph of a larger one (Apollo Federation 2): its text, and its entities by their keys.

An entity's key is its global id. The objects are found as by ``nodes``: together, each in its place.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NewType, Union

import strawberry
from strawberry.types.scalar import ScalarDefinition

from connectors.ports import SubgraphSource
from connectors.refusals import RefusedError
from schema.activity import Activity
from schema.article import Article
from schema.declarations import ById, Found, ListSize, Many
from schema.deliberation import Deliberation
from schema.fields import argument, declared, described, union, value
from schema.identifiers import parsed_id
from schema.knowledge import KnowledgeArticle
from schema.member import Member
from schema.micro_suggestion import MicroSuggestion
from schema.official import Official
from schema.opinion_report import OpinionReport
from schema.organization import Organization
from schema.proposal import Proposal
from schema.question import Question
from schema.reading_group import ReadingGroup
from schema.studio import Studio
from schema.work_order import WorkOrder

_MOST = 1000
"""Representations in one request: a router sends all of a level at once."""

_KINDS = (
    Activity,
    Article,
    Deliberation,
    KnowledgeArticle,
    Member,
    MicroSuggestion,
    Official,
    OpinionReport,
    Organization,
    Proposal,
    Question,
    ReadingGroup,
    Studio,
    WorkOrder,
)

Entity = Annotated[
    Union[_KINDS],  # type: ignore[valid-type]  # noqa: UP007 - made of a tuple
    union("_Entity", zh="可按键查到的实体", en="What other subgraphs may extend, by its key (Apollo Federation)."),
]
Representation = NewType("Representation", object)
"""A representation as the engine reads it: the global id in it."""


def identifier_in(representation: object) -> str:
    """The global id of a representation; an empty one, which is nobody's, where its type is another or it has none."""
    if not isinstance(representation, Mapping):
        return ""
    identifier = representation.get("id")
    try:
        named, _ = parsed_id(identifier) if isinstance(identifier, str) else ("", "")
    except RefusedError:
        return ""
    return identifier if isinstance(identifier, str) and named == representation.get("__typename") else ""


REPRESENTATION: ScalarDefinition = strawberry.scalar(
    name="_Any",
    description='A representation: `{"__typename": "Studio", "id": "…"}` (Apollo Federation).',
    serialize=str,
    parse_value=identifier_in,
)


@described(name="_Service", zh="本图的说明，供超图组合", en="This graph, for who composes it (Apollo Federation).")
class Service:
    """Read from ``connectors.records.subgraph.Subgraph``."""

    sdl: str = value("sdl", zh="本图的 SDL", en="This graph as SDL.")


SERVICE = declared(
    Many(SubgraphSource.load_subgraph, owner=lambda *_: ""),
    name="_service",
    zh="本图的说明，供超图组合",
    en="This graph, for who composes it (Apollo Federation).",
)


def entities(nodes: Mapping[str, Found]) -> Any:
    """The root field: found as what has a global id is found."""
    return declared(
        ById("representations", {kind.__name__: nodes[kind.__name__] for kind in _KINDS}, most=_MOST),
        name="_entities",
        arguments=(
            argument(
                "representations",
                list[Representation],
                zh=f"类型与全局标识，最多 {_MOST} 个",
                en=f"Types with global ids, at most {_MOST}.",
            ),
        ),
        size=ListSize(_MOST, slicing="representations"),
        zh="按键查多个实体，各在其位",
        en="The entities with those keys, each in its place (Apollo Federation).",
    )
