"""Redis or PostgreSQL is gone for a while: both gateways go on as far as they can, say so, and mend by themselves."""

import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import pytest

from schema.identifiers import global_id
from tests.mortal.browser import ISSUER, client_at
from tests.mortal.token_steps import EXCHANGE, TICKET
from tests.mortal.world import World
from tests.mortal.writing import ASK, Writer, drained, signed_in
from tests.stack import Sandbox
from tests.verify.balanced import Balanced, Replica, balanced
from tests.verify.under_load import pages

pytestmark = pytest.mark.verify

PATIENCE = 40
OWN = "{ viewer { displayName questions(first: 5) { nodes { title } } } }"
UNAVAILABLE = 503


@pytest.fixture(scope="module")
def replicas(running_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Balanced]:
    """Both gateways on stores of their own."""
    running_sandbox.reset()
    more = {"TONGXIN_WRITES__DIGEST_INTERVAL_S": "0", "TONGXIN_AUTH__REMEMBER_TOKENS_S": "1"}
    with balanced(running_sandbox, tmp_path_factory.mktemp("stores"), **more) as whole:
        yield whole


def asked(port: int, token: str | None = None, text: str = OWN) -> httpx.Response:
    """Ask one gateway, or the balancer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with client_at(port) as http:
        return http.post("/graphql", json={"query": text}, headers=headers)


def write(writer: Writer, world: World, title: str) -> dict[str, object]:
    """Ask a question."""
    studio = next(one for one in world.sandbox.world.studios if one.members[0].person.work)
    given = {"studioId": global_id("Studio", studio.key), "category": "LAW", "kind": "CONSULTATION", "title": title}
    key = {"body": "请问？", "idempotencyKey": title[-32:]}
    return writer.query(ASK, {"input": given | key})


def title() -> str:
    """One that nobody used."""
    return f"停一停 {uuid4().hex}"


def until(true: Callable[[], bool]) -> None:
    """Wait for it."""
    ends = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.2)


def store_up(replica: Replica, store: str) -> bool:
    """What its metrics say."""
    page = httpx.get(f"http://127.0.0.1:{replica.port}/metrics", trust_env=False).text
    return f'tongxin_store_up{{store="{store}"}} 1.0' in page


def test_redis_gone(replicas: Balanced) -> None:
    """Pages, writes and tokens go on by memory; it is said once, and noticed when Redis is back, empty."""
    world = replicas.world
    writer = Writer(world, signed_in(world, world.newcomer(), "zheliban"))
    assert "errors" not in asked(replicas.port, writer.token).json()
    until(lambda: all(store_up(one, "redis") for one in replicas.replicas))

    replicas.redis.stop()
    for _ in range(8):
        for name, page in pages(world).items():
            with client_at(replicas.port) as http:
                assert "errors" not in http.post("/graphql", json=page).json(), name
        assert "errors" not in asked(replicas.port, writer.token).json()
    assert "errors" not in write(writer, world, title())
    assert signed_in(world, world.newcomer(), "zheliban")
    until(lambda: not any(store_up(one, "redis") for one in replicas.replicas))
    assert {one.health("ready") for one in replicas.replicas} == {200}
    replicas.redis.start()
    until(lambda: all(store_up(one, "redis") for one in replicas.replicas))

    assert "errors" not in write(writer, world, title())
    assert drained(world)
    for one in replicas.replicas:
        assert one.told("live events cannot be read just now") == 1
        assert one.told("limits are counted by this gateway alone") == 1
        until(lambda one=one: one.told("limits are shared again") == 1)
        until(lambda one=one: one.told("live events are read again") == 1)
        assert one.told("unplanned failure") == 0


def test_postgresql_gone(replicas: Balanced) -> None:
    """Who was seen reads on, past the minute too; nobody new comes in, nothing is written; then all goes on."""
    world = replicas.world
    writer = Writer(world, signed_in(world, world.newcomer(), "zheliban"))
    unseen = signed_in(world, world.newcomer(), "zheliban")
    browser = world.browser(world.newcomer())
    for one in replicas.replicas:
        assert "errors" not in asked(one.port, writer.token).json()

    replicas.postgresql.stop()
    try:
        time.sleep(2)  # longer than tokens are taken without a look
        for one in replicas.replicas:
            assert "errors" not in asked(one.port, writer.token).json()
            assert "errors" not in asked(one.port, None, "{ __typename }").json()
            refused = asked(one.port, unseen)
            assert refused.status_code == UNAVAILABLE
            assert refused.json()["errors"][0]["extensions"]["code"] == "SIGN_ON_UNAVAILABLE"
            assert one.health("ready") == httpx.codes.OK
        told = write(writer, world, title())
        assert [error["extensions"]["code"] for error in told["errors"]] == ["WRITES_UNAVAILABLE"]  # type: ignore[attr-defined]  # JSON
        exchange = {
            "grant_type": EXCHANGE,
            "subject_token": world.ticket(world.newcomer()),
            "subject_token_type": TICKET,
        }
        assert world.tokens(**exchange).status_code == UNAVAILABLE
        assert browser.http.get(f"{ISSUER}/account").status_code == UNAVAILABLE
        until(lambda: not any(store_up(one, "database") for one in replicas.replicas))
    finally:
        replicas.postgresql.start()

    until(lambda: all(store_up(one, "database") for one in replicas.replicas))
    for one in replicas.replicas:
        assert "errors" not in asked(one.port, unseen).json()
        assert one.process is not None
        assert one.process.poll() is None
        assert one.told("unplanned failure") == 0
    assert browser.http.get(f"{ISSUER}/account").status_code == httpx.codes.OK
    assert "errors" not in write(writer, world, title())
    assert drained(world)
