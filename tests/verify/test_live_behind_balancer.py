"""Through HAProxy as docker/ has it, live answers outlast their silences."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from websockets.sync.client import connect

from tests.servers import PostgreSQL
from tests.verify.composition import Composition, composed

pytestmark = pytest.mark.verify

LISTEN = "subscription($id: ID!) { statementPosted(deliberationId: $id) { id } }"
FIND = "{ deliberations(first: 1) { nodes { id } } }"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
SILENCE = 40
"""Seconds: more than two heartbeats, and than the balancer lets a connection idle between requests."""


@pytest.fixture(scope="module")
def composition(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL) -> Iterator[Composition]:
    """The whole."""
    with composed(tmp_path_factory.mktemp("composed"), postgresql) as whole:
        yield whole


@pytest.fixture
def token(composition: Composition) -> str:
    """A citizen's, by way of the balancer."""
    create = [sys.executable, "-m", "gateway.cli", "client", "create", "tests", "--grant", EXCHANGE, "--json"]
    options = ["--ticket-form", "zheliban-unified", "--scope", "openid", "--scope", "graph:read"]
    ran = subprocess.run([*create, *options], env=composition.environment, capture_output=True, check=True)
    client = json.loads(ran.stdout)
    asked = {"person": "citizen-0001", "form": "uc"}
    ticket = httpx.get(f"{composition.at('zlb')}/sandbox/ticket", params=asked, trust_env=False).json()["ticket"]
    form = {
        "grant_type": EXCHANGE,
        "subject_token": ticket,
        "subject_token_type": "urn:tongxin:params:oauth:token-type:zheliban-unified",
        "scope": "openid graph:read",
    }
    login = (client["client_id"], client["client_secret"])
    answer = httpx.post(f"{composition.at('balancer')}/oauth/token", data=form, auth=login, trust_env=False)
    return str(answer.json()["access_token"])


def test_live_answers_outlast_a_silence(composition: Composition, token: str) -> None:
    """SSE gets its comments; a WebSocket still answers a ping of the protocol, and has ended nothing."""
    bearer = f"Bearer {token}"
    headers = {"Accept": "text/event-stream", "Authorization": bearer}
    address = composition.at("balancer").replace("http", "ws") + "/graphql"
    found = httpx.post(f"{composition.at('balancer')}/graphql", json={"query": FIND}, trust_env=False).json()
    body = {"query": LISTEN, "variables": {"id": found["data"]["deliberations"]["nodes"][0]["id"]}}
    comments = 0
    with connect(address, subprotocols=["graphql-transport-ws"], proxy=None) as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": bearer}}))
        assert json.loads(socket.recv())["type"] == "connection_ack"
        socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": body}))
        with (
            httpx.Client(base_url=composition.at("balancer"), trust_env=False, timeout=30) as client,
            client.stream("POST", "/graphql", json=body, headers=headers) as answer,
        ):
            assert answer.status_code == 200
            ends = time.monotonic() + SILENCE
            for line in answer.iter_lines():
                comments += line.startswith(":")
                if time.monotonic() > ends:
                    break
        socket.send(json.dumps({"type": "ping"}))
        assert json.loads(socket.recv(5)) == {"type": "pong"}

    assert comments >= 2
