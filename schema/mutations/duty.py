"""What members do as their duty, and those who take part in it: every subject of it."""

from typing import Any

from schema.mutations.attendances import AttendanceMutations
from schema.mutations.micro_suggestions import MicroSuggestionMutations
from schema.mutations.opinion_report_moves import OpinionReportMoveMutations
from schema.mutations.opinion_reports import OpinionReportMutations
from schema.mutations.proposal_moves import ProposalMoveMutations
from schema.mutations.proposals import ProposalMutations
from schema.mutations.reading import ReadingMutations
from schema.mutations.shifts import ShiftMutations
from schema.mutations.statements import StatementMutations
from schema.mutations.suggestion_forms import SuggestionFormMutations

DUTY: tuple[Any, ...] = (
    OpinionReportMutations,
    OpinionReportMoveMutations,
    ProposalMutations,
    ProposalMoveMutations,
    MicroSuggestionMutations,
    StatementMutations,
    SuggestionFormMutations,
    AttendanceMutations,
    ShiftMutations,
    ReadingMutations,
)
