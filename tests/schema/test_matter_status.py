"""One status for what a search shows side by side."""

from connectors.records.deliberation import DeliberationStatus
from connectors.records.question import QuestionStatus
from schema.matter_status import MatterStatus


def test_it_has_every_state_of_either() -> None:
    """Nothing a platform can tell is without a name, and nothing else has one."""
    assert [one.name for one in MatterStatus] == list(
        dict.fromkeys(one.name for kind in (QuestionStatus, DeliberationStatus) for one in kind)
    )
