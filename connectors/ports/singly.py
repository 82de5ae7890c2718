"""What a read costs in calls to a platform: most methods take up to a hundred keys in one, some take each key alone.

What is read singly has no call for many keys in what its platform publishes (wire-formats), or takes what somebody
typed. For one object that is a call like any other. Below a list it is an N+1, which no operation of ours may contain,
and which the budget of calls bounds in anybody else's.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain
from typing import Any

from connectors.ports.articles import ArticleSource
from connectors.ports.cockpit import CockpitSource
from connectors.ports.command import AlertSource, GridSource, UnifiedOrderSource, VillageFormSource
from connectors.ports.deliberations import DeliberationSource
from connectors.ports.duty_scores import DutyScoreSource
from connectors.ports.knowledge import KnowledgeSource
from connectors.ports.members import MemberDirectory
from connectors.ports.micro_suggestions import MicroSuggestionSource
from connectors.ports.officials import OfficialDirectory, OfficialFinder, OfficialSource
from connectors.ports.opinion_reports import OpinionReportSource
from connectors.ports.organizations import UnitTree
from connectors.ports.proposals import ProposalSource
from connectors.ports.public_voices import PublicVoiceSource
from connectors.ports.question_statistics import QuestionStatisticsSource
from connectors.ports.questions import QuestionSource
from connectors.ports.reading_groups import ReadingGroupSource, StudyMaterialSource
from connectors.ports.search import SearchEverywhere, SearchSource
from connectors.ports.statements import StatementSource
from connectors.ports.studios import StudioDirectory
from connectors.ports.todos import TodoSource
from connectors.ports.work_orders import WorkOrderSource

Source = Callable[..., Any]
Calls = Callable[[Sequence[Any]], int]

MOST_KEYS = 100
"""Keys one call carries where it carries many; a platform may be set to fewer."""

SINGLY: frozenset[Source] = frozenset(
    {
        # by key or owner
        OfficialDirectory.list_unit_officials,
        OfficialSource.load_positions,
        TodoSource.list_todos,
        UnitTree.list_child_units,
        UnitTree.load_unit_paths,
        # by query
        AlertSource.list_alerts,
        ArticleSource.list_published_articles,
        CockpitSource.list_active_studios,
        CockpitSource.list_best_members,
        DeliberationSource.list_deliberations,
        DutyScoreSource.list_leaderboard,
        DutyScoreSource.list_leaders,
        GridSource.list_grids,
        KnowledgeSource.list_articles,
        MemberDirectory.list_members,
        MicroSuggestionSource.list_micro_suggestions,
        OfficialFinder.search_officials,
        OpinionReportSource.list_opinion_reports,
        ProposalSource.list_proposals,
        PublicVoiceSource.list_public_voices,
        QuestionSource.list_found_questions,
        QuestionSource.list_questions,
        QuestionStatisticsSource.list_ranked_studios,
        ReadingGroupSource.list_reading_groups,
        SearchSource.list_search_hits,
        StatementSource.list_waiting_statements,
        StudioDirectory.list_studios,
        StudyMaterialSource.list_study_materials,
        UnifiedOrderSource.list_unified_orders,
        VillageFormSource.list_village_forms,
        WorkOrderSource.list_work_orders,
    }
)
"""Methods of ports that are asked one key, owner or query a call."""

MOST_SEARCHED = 4
"""Lists that a search of everything may ask, a call each."""

BY_DIRECTORY: frozenset[Source] = frozenset({OfficialSource.load_officials})
"""Methods that take one call for the people, and one for each directory their posts stand in (see ``Official``)."""


def calls_for(source: Source, keys: Sequence[Any]) -> int:
    """How many calls a read of these keys may cost, were nothing of it kept; a page that two of theirs hold is one."""
    count = _COUNTS.get(source)
    return _chunks(keys) if count is None else count(keys)


def _chunks(keys: Collection[Any]) -> int:
    return -(-len(keys) // MOST_KEYS)


def _named(keys: Sequence[tuple[str, ...]]) -> int:
    """What all of them name is asked for at once."""
    return _chunks(set(chain.from_iterable(keys)))


def _posts_too(keys: Sequence[str]) -> int:
    """A key without a directory is asked for alone."""
    return _chunks(keys) + len({key.partition("@")[2] or key for key in keys})


def _each_list(keys: Sequence[Any]) -> int:
    return MOST_SEARCHED * len(keys)


def _chunks_too(keys: Sequence[Any]) -> int:
    return _chunks(keys) + len(keys)


_COUNTS: Mapping[Source, Calls] = {
    **dict.fromkeys(SINGLY, len),
    **dict.fromkeys(BY_DIRECTORY, _posts_too),
    QuestionSource.list_named_questions: _named,
    SearchEverywhere.list_found_everywhere: _each_list,
    TodoSource.list_todos: _chunks_too,  # whose accounts they are
    UnitTree.list_child_units: _chunks_too,  # what the organisations below are called
}
