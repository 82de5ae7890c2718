"""One subscription that may be listened to: its plan, its topic, and who is answered the same."""

from collections.abc import Hashable
from typing import NamedTuple

import msgspec
from graphql import GraphQLError
from graphql.execution.values import VariableValues

from connectors.viewer import Viewer
from gateway.execution.collect import NotPlannedError
from gateway.execution.engine import Engine, Ready
from gateway.execution.lives import Lived
from gateway.execution.operation import Caller, Outcome
from gateway.execution.run import Run
from schema.declarations import Live
from schema.loaders import source_in

_encode = msgspec.json.Encoder(order="deterministic").encode


Whose = Hashable
"""Those for whom it is equal are answered the same."""


class Listening(NamedTuple):
    """What somebody listens to. ``text`` tells it from others: the document, its operation, its variables.

    ``nothing``: the data of an answer that has nothing to tell.
    """

    ready: Ready
    lived: Lived
    topic: str
    about: str
    text: tuple[str, str | None, bytes]
    nothing: bytes

    @property
    def live(self) -> Live:
        """What was declared of it."""
        return self.lived.read

    def audience_of(self, viewer: Viewer, language: str) -> Whose:
        """Which audience somebody is of."""
        return (self.text, language, rights_of(viewer) if self.is_shared else identity_of(viewer))

    @property
    def is_shared(self) -> bool:
        """Whether one run answers all who have the same rights."""
        return self.live.alike and not self.ready.compiled.names_asker


def rights_of(viewer: Viewer) -> Whose:
    """What somebody may, whoever it is."""
    return viewer.roles, viewer.scopes


def identity_of(viewer: Viewer) -> Whose:
    """Everything that may decide an answer."""
    named = (viewer.person_id, viewer.client_id, viewer.member_key, viewer.employee_code)
    return rights_of(viewer), named, frozenset(viewer.accounts.items())


def listening_of(ready: Ready, engine: Engine, caller: Caller) -> Listening | Outcome:
    """Begin to listen; or why that is refused."""
    lived = _lived_of(ready)
    if isinstance(lived, GraphQLError):
        return Outcome(executed=False, errors=(lived,))
    begun = lived.begun(Run(engine.context(caller.ask), ready.variables))
    if not isinstance(begun, Exception):
        try:
            source_in(engine.sources, lived.read.source)
        except Exception as error:  # noqa: BLE001 - it refuses, whatever it is
            begun = error
    if isinstance(begun, Exception):
        return Outcome(executed=False, errors=(_located(begun, ready, lived),))
    topic, about = begun
    text = (ready.request.query, ready.request.operation_name, _values(ready.variables))
    [key] = lived.keys
    return Listening(ready, lived, topic, about, text, _encode({key: None}))


def _lived_of(ready: Ready) -> Lived | GraphQLError:
    """The one field it begins with."""
    try:
        branches = ready.compiled.plan(ready.variables).root.branches
    except NotPlannedError:
        branches = []
    if len(branches) == 1 and isinstance(branches[0], Lived):
        return branches[0]
    # nothing is left of it (@skip), it is nested too deeply, or this gateway invents its answers
    return GraphQLError("There is nothing to listen to.", extensions={"code": "NOTHING_TO_LISTEN_TO"})


def _located(error: Exception, ready: Ready, lived: Lived) -> GraphQLError:
    if isinstance(error, GraphQLError):
        return error
    [node] = ready.compiled.node.selection_set.selections[:1]
    return GraphQLError(str(error), node, path=list(lived.keys), original_error=error)


def _values(variables: VariableValues) -> bytes:
    return _encode(variables.coerced) if variables.coerced else b""
