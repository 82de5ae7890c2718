"""What members take up and committees consult on: proposals, reports, micro-suggestions, forms, events, plans."""

from collections.abc import Sequence

from connectors.duty.sandbox import consulting, micro, opinions, proposals
from connectors.duty.sandbox.cabinet import Cabinet
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rolls import Rolls
from connectors.sandbox.app import Operation


def operations(ground: Ground) -> Sequence[Operation]:
    """Every operation of these subjects, over one look at who is who."""
    rolls, cabinet = Rolls(ground.world), Cabinet()
    subjects = (proposals.operations, opinions.operations, micro.operations, consulting.operations)
    served = [operation for subject in subjects for operation in subject(ground, rolls, cabinet)]
    return [*served, *cabinet.operations(ground)]
