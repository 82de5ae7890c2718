"""Our gateway over the lab's platforms: engine, edge, limits, access log and metrics as ``gateway/app.py`` has them.

Nothing here is made for the lab but the declarations it runs. Its addresses come from the lab: ``UP_JSON``,
``UP_DUTY``, ``UP_CITIZEN``, ``UP_WORK``. ``LAB_SHARING=on``: identical reads and public operations in flight share one
run; ``LAB_KEPT_S``: how long reads and answers are kept, in seconds.
"""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NoReturn

from starlette.applications import Starlette
from starlette.datastructures import State

from auth.tokens import InvalidTokenError
from benchmarks.lab.graph import build_graph
from benchmarks.lab.ports import EmployeeSource, PostSource, QuestionSource, StudioSource
from benchmarks.lab.sources import LabCitizenApp, LabDuty, LabPosts, LabWorkApp
from benchmarks.lab.upstream import Upstream
from connectors.cache import Cache
from connectors.memory import BoundedMemoryCache
from connectors.viewer import Viewer
from gateway.execution.answers import Answers
from gateway.execution.engine import Engine
from gateway.execution.settings import AnswersSettings
from gateway.garbage import tune
from gateway.health.settings import OpsSettings
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.front import Front
from gateway.http.settings import EdgeSettings
from gateway.limits.settings import LimitSettings
from gateway.logs import configure
from gateway.metrics.answers import AnswersServed
from gateway.metrics.cache import ReadCache
from gateway.metrics.page import Metrics
from gateway.metrics.served import Served
from schema.loaders import Sources

_MOST_ENTRIES = 100_000
_PLATFORMS = ("json", "duty", "citizen", "work")


class NoFiles:
    """No link is made: the lab's graph has no files."""

    def plain(self, identifier: str) -> NoReturn:
        """Never asked for."""
        raise LookupError(identifier)

    def sealed(self, identifier: str, person: str) -> NoReturn:
        """Never asked for."""
        raise LookupError(identifier, person)


async def nobody(_: str) -> Viewer:
    """No token is one of ours here; without one everybody is ``anyone``."""
    raise InvalidTokenError


def sources_of(upstreams: Mapping[str, Upstream]) -> Sources:
    """Each port's method, and who answers it."""
    posts, duty = LabPosts(upstreams["json"]), LabDuty(upstreams["duty"])
    citizen, work = LabCitizenApp(upstreams["citizen"]), LabWorkApp(upstreams["work"])
    return {
        PostSource.list_posts: posts.list_posts,
        PostSource.load_users: posts.load_users,
        StudioSource.list_studios: duty.list_studios,
        StudioSource.list_members: duty.list_members,
        StudioSource.load_members: duty.load_members,
        QuestionSource.list_questions: citizen.list_questions,
        QuestionSource.load_citizens: citizen.load_citizens,
        EmployeeSource.load_employees: work.load_employees,
    }


def served() -> Front:
    """What uvicorn serves: with the access log, as ``tongxin serve`` does."""
    configure("INFO")
    app = create_app(os.environ)
    tune()
    return app


def create_app(environment: Mapping[str, str]) -> Front:
    """Put the parts together. ``state.aclose`` lets go of them where no server does."""
    share, kept = environment.get("LAB_SHARING") == "on", float(environment.get("LAB_KEPT_S", "0"))
    limits, edge = LimitSettings(), EdgeSettings()
    cache = Cache(BoundedMemoryCache(_MOST_ENTRIES), share=share)
    upstreams = {name: Upstream(name, environment[f"UP_{name.upper()}"], cache, kept) for name in _PLATFORMS}
    engine = Engine(build_graph(), sources_of(upstreams), NoFiles(), limits)
    answers = Answers(engine, engine.is_public, AnswersSettings(share_in_flight=share, keep_answers_s=kept))
    cache.on_drop.append(answers.drop)
    graphql = GraphQLEndpoint(answers, nobody, edge, most_cost=limits.max_cost)
    counted = Served()
    metrics = Metrics(OpsSettings(), [counted, ReadCache(cache), AnswersServed(answers)])

    async def aclose() -> None:
        await answers.aclose()
        await cache.aclose()
        for upstream in upstreams.values():
            await upstream.transport.aclose()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await aclose()

    rest = Starlette(lifespan=lifespan, routes=metrics.routes())
    return Front(graphql, rest, counted, state=State({"aclose": aclose}))
