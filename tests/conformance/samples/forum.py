"""What is talked about: deliberations, statements, articles, reading groups, study materials, search."""

from datetime import timedelta
from typing import Any

from connectors.records.article import ArticleKind, ArticleQuery
from connectors.records.deliberation import DeliberationQuery, DeliberationStatus
from connectors.records.reading_group import ReadingGroupQuery, StudyMaterialQuery
from connectors.records.search import SearchKind, SearchQuery
from connectors.records.statement import StatementQueue
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.conformance.samples.asking import PAGE, Keys, More, a_page, members


def deliberations(world: World) -> list[str]:
    """Keys of open deliberations, and of the one that has parts."""
    region = world.committees[0].region_code
    return [f"DL{region}004", f"DL{region}005", f"DL{region}100"]


def groups(world: World) -> list[str]:
    """Keys of reading groups."""
    return [f"RG{committee.region_code}00" for committee in world.committees[:3]]


KEYED: dict[str, tuple[Keys, More]] = {}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_deliberations": (
        lambda _: [DeliberationQuery(), DeliberationQuery(status=DeliberationStatus.OPEN, region_key="331002")],
        a_page,
    ),
    "list_sub_deliberations": (deliberations, a_page),
    "list_deliberation_statements": (deliberations, a_page),
    "list_member_deliberations": (members, a_page),
    "list_member_statements": (members, a_page),
    "list_statement_changes": (deliberations, lambda w: (w.today - timedelta(days=7), PAGE)),
    "list_waiting_statements": (lambda _: [StatementQueue(), StatementQueue(deliberation_key="DL331000004")], a_page),
    "list_published_articles": (lambda _: [ArticleQuery(), ArticleQuery(kind=ArticleKind.LIVE_REPORT)], a_page),
    "list_reading_groups": (lambda _: [ReadingGroupQuery(), ReadingGroupQuery(organization_key="GO_zx331000")], a_page),
    "list_group_posts": (groups, a_page),
    "list_study_materials": (
        lambda _: [StudyMaterialQuery(), StudyMaterialQuery(organization_key="GO_zx331000")],
        a_page,
    ),
    "list_search_hits": (
        lambda _: [SearchQuery(text=text, kinds=tuple(SearchKind)) for text in ("法律服务", "租房合同", "王")],
        a_page,
    ),
}


def _listed(name: str) -> Any:
    """Finds keys by the list of that name."""
    owners, more = LISTED[name]

    async def find(method: Any, world: World, ask: Ask) -> list[str]:
        pages = await method(name)(owners(world), *more(world), ask)
        return list(dict.fromkeys(node.key for page in pages for node in page.nodes))[:3]

    return find


ANSWERED = {
    "load_deliberations": _listed("list_deliberations"),
    "load_statements": _listed("list_deliberation_statements"),
    "load_published_articles": _listed("list_published_articles"),
    "load_reading_groups": _listed("list_reading_groups"),
    "load_reading_posts": _listed("list_group_posts"),
    "load_study_materials": _listed("list_study_materials"),
}
