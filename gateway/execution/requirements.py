"""Looks at requirements: once for a level where it is a scope, object by object where it is who sees it."""

from msgspec import UNSET

from connectors.refusals import RefusedError
from gateway.execution.leaves import Column
from gateway.execution.run import Run
from schema.declarations import Requirement


def verdicts(run: Run, requires: Requirement, objects: Column) -> Column | None:
    """What the requirement puts in the place of each object's value, ``UNSET`` where nothing; None: it allows all."""
    if requires.scope is not None and not run.context.ask.viewer.holds(requires.scope):
        return [RefusedError("FORBIDDEN", scope=requires.scope.value)] * len(objects)
    if requires.sees is None:
        return None
    told: Column = []
    viewer = run.context.ask.viewer
    for one in objects:
        try:
            told.append(UNSET if requires.sees(one, viewer) else None)
        except Exception as error:  # noqa: BLE001 - a rule that fails shows nothing but that
            told.append(error)
    return told
