"""What is talked about on the platform: deliberations and statements, articles, reading groups, and search over it."""

from collections.abc import Sequence

from connectors.duty.sandbox.forum.articles import article_operations
from connectors.duty.sandbox.forum.deliberations import Agenda, deliberation_operations
from connectors.duty.sandbox.forum.materials import material_operations
from connectors.duty.sandbox.forum.reading import reading_operations
from connectors.duty.sandbox.forum.searching import search_operations
from connectors.duty.sandbox.forum.speakers import speaker_operations
from connectors.duty.sandbox.forum.statements import statement_operations
from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.rolls import Rolls
from connectors.sandbox.app import Operation


def operations(ground: Ground) -> Sequence[Operation]:
    """All of them, over one agenda."""
    rolls = Rolls(ground.world)
    agenda = Agenda(ground.world, rolls)
    return (
        *deliberation_operations(ground, agenda),
        *statement_operations(ground, agenda),
        *speaker_operations(ground, agenda),
        *article_operations(ground),
        *reading_operations(ground, rolls),
        *material_operations(ground),
        *search_operations(ground, agenda),
    )
