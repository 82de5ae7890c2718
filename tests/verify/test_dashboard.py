"""Every panel of the Grafana dashboard shows something: its queries run by Prometheus, on the whole composition."""

import re
import time
from collections.abc import Iterator

import httpx
import pytest

from schema.identifiers import global_id
from tests.docker.scripts import script
from tests.servers import PostgreSQL
from tests.stack import operation
from tests.verify.composition import NAMES, Composition, composed

pytestmark = pytest.mark.verify

STUDIO = "S3310020002"
NAME = re.compile(r"\b(?:tongxin|http_server|haproxy|process)_\w+")


@pytest.fixture(scope="module")
def composition(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL) -> Iterator[Composition]:
    """The whole, after a little of everything was asked."""
    with composed(tmp_path_factory.mktemp("composed"), postgresql) as whole:
        ends = time.monotonic() + 8
        while time.monotonic() < ends:  # rates need two scrapes, and rules one more
            traffic(whole)
            time.sleep(0.2)
        yield whole


def traffic(whole: Composition) -> None:
    """A page, something unknown, a sign-on that is refused, an upload without a token."""
    with httpx.Client(base_url=whole.at("balancer"), trust_env=False) as client:
        variables = {"id": global_id("Studio", STUDIO)}
        query = "query($id: ID!) { studio(id: $id) { name members(first: 2) { nodes { name official { title } } } } }"
        assert client.post("/graphql", json={"query": query, "variables": variables}).is_success
        client.post("/graphql", json={"query": operation("01")})
        client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=("nobody", "nothing"))
        client.get("/login")


QUERIES = list(script("grafana/dashboard.py").queries())


@pytest.mark.parametrize(("title", "query"), QUERIES, ids=[f"{at}-{title}" for at, (title, _) in enumerate(QUERIES)])
def test_a_panel_shows_something(composition: Composition, title: str, query: str) -> None:
    """As Grafana sends it, with all platforms chosen; every metric in it is one that is scraped."""
    sent = query.replace("$__rate_interval", "15s").replace("$platform", ".*")

    assert composition.asked(sent), title
    told = httpx.get(f"{composition.at('prometheus')}/api/v1/metadata", trust_env=False).json()["data"]
    for name in NAME.findall(re.sub(r'"[^"]*"', "", query)):
        family = re.sub("_(bucket|count|sum|total|info)$", "", name)
        assert family in told or name in told, f"{title}: nothing tells {name}"


def test_rules_are_evaluated_without_an_error(composition: Composition) -> None:
    """All groups, and no alert that calls somebody while all is well."""
    told = httpx.get(f"{composition.at('prometheus')}/api/v1/rules", trust_env=False).json()["data"]["groups"]
    rules = [rule for group in told for rule in group["rules"]]

    assert len(rules) > 30
    assert {rule["health"] for rule in rules} == {"ok"}
    firing = [rule["name"] for rule in rules if rule.get("state") == "firing" and rule["labels"]["severity"] == "page"]
    assert firing == []


def test_both_gateways_serve_behind_the_balancer(composition: Composition) -> None:
    """Both are counted as up, both were asked."""
    served = composition.asked(
        'sum by (instance) (http_server_request_duration_seconds_count{http_route="/graphql"}) > 0'
    )
    up = composition.asked('haproxy_server_status{proxy="gateways", state="UP"} == 1')

    assert len(served) == len(up) == len(NAMES)


def test_the_metrics_are_for_who_has_the_token(composition: Composition) -> None:
    """Not for who comes through the balancer, nor without a token."""
    assert httpx.get(f"{composition.at('balancer')}/metrics", trust_env=False).status_code == 404
    assert httpx.get(f"{composition.at('gateway-1')}/metrics", trust_env=False).status_code == 401
