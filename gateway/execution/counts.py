"""What the engine did since the start: a number at every step, for metrics now and spans later."""

from dataclasses import dataclass


@dataclass(slots=True)
class EngineCounts:
    """One per engine. ``refused`` by parsing, validation, limits or variables; ``points``: the actual cost of all runs.

    ``planned`` and ``fallbacks`` ran; ``spoiled`` of them had errors in fields; ``reads``: of sources, cached or not.
    """

    refused: int = 0
    planned: int = 0
    fallbacks: int = 0
    spoiled: int = 0
    reads: int = 0
    points: int = 0
