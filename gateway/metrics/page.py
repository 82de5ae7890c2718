"""``/metrics``: in the text form the asker prefers, Prometheus' or OpenMetrics'.

Who may read it: whoever holds ``ops.metrics_token`` where one is set; else callers on this machine, unless the page
has a port of its own, whose address is the operator's choice. A request that a proxy passed on counts as one from
elsewhere.
"""

import platform as machine
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from importlib.metadata import version

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from gateway.health.settings import OpsSettings
from gateway.http.headers import weighted
from gateway.metrics.listener import listening
from gateway.sandbox_clients import is_loopback

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_PLAIN = "text/plain"
_FORMS = {_PLAIN: "", "application/openmetrics-text": "application/openmetrics-text; version=1.0.0"}
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Build(Collector):
    def collect(self) -> Iterator[Metric]:
        """The version that runs."""
        told = {"version": version("tongxin"), "python_version": machine.python_version()}
        yield InfoMetricFamily("tongxin_build", "The version that runs.", value=told)


class Metrics:
    """One per process, over the collectors given."""

    def __init__(self, settings: OpsSettings, collectors: Sequence[Collector]) -> None:
        self._settings = settings
        self._token = settings.metrics_token.get_secret_value()
        self._registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self._registry)
        for collector in (*collectors, _Build()):
            self._registry.register(collector)

    def routes(self) -> list[Route]:
        """The page's place on the main port, if that is where it is."""
        here = self._settings.metrics and self._settings.metrics_port is None
        return [Route("/metrics", self.page)] if here else []

    def own_port(self) -> AbstractAsyncContextManager[None]:
        """Serve the page on a port of its own while the block runs, if it has one. Raises ``OSError``."""
        settings = self._settings
        if not settings.metrics or settings.metrics_port is None:
            return nullcontext()
        return listening(self.page, settings.metrics_host, settings.metrics_port)

    async def page(self, request: Request) -> Response:
        """All metrics, or why not."""
        if self._token:
            if not self._bears_token(request):
                headers = _HEADERS | {"WWW-Authenticate": 'Bearer realm="metrics"'}
                return PlainTextResponse("send ops.metrics_token as a bearer token\n", 401, headers=headers)
        elif self._settings.metrics_port is None and not _from_here(request):
            return PlainTextResponse("only for this machine, unless ops.metrics_token is set\n", 403, headers=_HEADERS)
        encode, media_type = _form(request.headers.get("accept", ""))
        return Response(encode(self._registry), headers=_HEADERS | {"Content-Type": media_type})

    def _bears_token(self, request: Request) -> bool:
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and secrets.compare_digest(given.strip().encode(), self._token.encode())


def _form(accept: str) -> tuple[Callable[[Collector], bytes], str]:
    """How the page is written: OpenMetrics where that is liked best. Versions asked for are not gone into."""
    liked = [one for one in weighted(accept) if one[0] in _FORMS]
    name, _ = max(liked, key=lambda one: one[1], default=(_PLAIN, 1.0))
    return choose_encoder(_FORMS[name])


def _from_here(request: Request) -> bool:
    here = request.client is not None and is_loopback(request.client.host)
    return here and not any(name in request.headers for name in _PASSED_ON)
