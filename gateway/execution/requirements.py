"""Looks at requirements: once for a level where it is a scope or a role, object by object where it is who sees it."""

from msgspec import UNSET

from gateway.execution.leaves import Column
from gateway.execution.run import Run
from schema.declarations import OPEN, Requirement
from schema.permission import refusal_of


def verdicts(run: Run, requires: Requirement, objects: Column) -> Column | None:
    """What the requirement puts in the place of each object's value, ``UNSET`` where nothing; None: it allows all."""
    viewer = run.context.ask.viewer
    refused = None if requires is OPEN else refusal_of(requires, viewer)
    if refused is not None:
        return [refused] * len(objects)
    if requires.sees is None:
        return None
    told: Column = []
    for one in objects:
        try:
            told.append(UNSET if requires.sees(one, viewer) else None)
        except Exception as error:  # noqa: BLE001 - a rule that fails shows nothing but that
            told.append(error)
    return told
