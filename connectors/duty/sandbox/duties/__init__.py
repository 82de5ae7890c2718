"""What members did and what it came to: duty records, scores, and the activities at which they sign in."""

from collections.abc import Sequence

from connectors.duty.sandbox.activities import operations as activity_operations
from connectors.duty.sandbox.duties import records, scores
from connectors.duty.sandbox.duties.file import DutyFile
from connectors.duty.sandbox.duties.tallies import Tallies
from connectors.duty.sandbox.ground import Ground
from connectors.sandbox.app import Operation


def operations(ground: Ground) -> Sequence[Operation]:
    """All of them, over one file: who signs in at an activity has a record, and a record counts."""
    tallies = Tallies(ground.world, ground.now())
    file = DutyFile(ground, tallies)
    return [
        *scores.operations(ground, tallies),
        *records.operations(file),
        *activity_operations(file),
    ]
