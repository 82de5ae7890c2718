import json
from typing import Any

import httpx
import pytest

from connectors.viewer import ANYONE, Ask
from gateway.execution.operation import Caller, GraphQLRequest, Language, Outcome

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HELLO = {"query": "{ hello }"}


def code_of(response: httpx.Response) -> str:
    """The code of the only error."""
    (error,) = response.json()["errors"]
    return error["extensions"]["code"]


class Listener:
    """An executor that remembers what it was given."""

    def __init__(self) -> None:
        self.request: GraphQLRequest | None = None
        self.caller = Caller(Ask(ANYONE, None), Language.EN, "", may_write=False)  # type: ignore[arg-type]  # not read

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> Outcome:
        """Remember and answer."""
        self.request, self.caller = request, caller
        return Outcome(executed=True, data={"heard": True})


@pytest.fixture
def listener() -> Listener:
    """An executor to look at."""
    return Listener()


@pytest.mark.parametrize("accept", [None, JSON, GRAPHQL, "*/*"])
async def test_post_answers_data_in_the_media_type_asked_for(client: httpx.AsyncClient, accept: str | None) -> None:
    """A query by POST is answered with 200 in the type that was asked for; JSON where none was."""
    response = await client.post("/graphql", json=HELLO, headers={"accept": accept} if accept else {})

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{GRAPHQL if accept == GRAPHQL else JSON}; charset=utf-8"
    assert response.json() == {"data": {"hello": "hello all "}}


async def test_get_answers_a_query_with_variables(client: httpx.AsyncClient) -> None:
    """A query by GET takes its variables as JSON from the address."""
    params = {"query": "query Q($to: String!) { hello(to: $to) }", "variables": '{"to": "台州"}', "operationName": "Q"}

    response = await client.get("/graphql", params=params)

    assert response.status_code == 200
    assert response.json()["data"] == {"hello": "hello 台州 "}


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_get_of_a_mutation_is_not_allowed(client: httpx.AsyncClient, accept: str) -> None:
    """A mutation by GET is refused with 405 and is told to come by POST."""
    response = await client.get("/graphql", params={"query": "mutation { greet }"}, headers={"accept": accept})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert code_of(response) == "ONLY_QUERIES_BY_GET"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
async def test_other_methods_are_not_allowed(client: httpx.AsyncClient, method: str) -> None:
    """Methods other than GET and POST are refused, naming these two."""
    response = await client.request(method, "/graphql", json=HELLO)

    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
    assert code_of(response) == "METHOD_NOT_ALLOWED"


async def test_mutation_by_post_runs(client: httpx.AsyncClient) -> None:
    """POST may write."""
    response = await client.post("/graphql", json={"query": "mutation { greet }"})

    assert response.json() == {"data": {"greet": "greeted"}}


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", None, "GRAPHQL_PARSE_FAILED"),
        ("{ 8f31403d }", None, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", None, "GRAPHQL_VALIDATION_FAILED"),
        ("query($t: Int!) { hello(times: $t) }", {"t": None}, "BAD_USER_INPUT"),
        ("query($t: Int!) { hello(times: $t) }", {"t": "two"}, "BAD_USER_INPUT"),
        ("query A { hello } query B { hello }", None, "OPERATION_RESOLUTION_FAILURE"),
    ],
)
async def test_a_document_at_fault_has_its_status_by_media_type(
    client: httpx.AsyncClient, query: str, variables: Any, code: str
) -> None:
    """What is wrong before execution answers 400 without data; clients of application/json get 200."""
    body = {"query": query, "variables": variables}

    newer = await client.post("/graphql", json=body, headers={"accept": GRAPHQL})
    older = await client.post("/graphql", json=body, headers={"accept": JSON})

    assert (newer.status_code, older.status_code) == (400, 200)
    assert code_of(newer) == code_of(older) == code
    assert "data" not in newer.json()
    assert "data" not in older.json()


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_a_failed_field_leaves_the_rest(client: httpx.AsyncClient, accept: str) -> None:
    """With a platform away the answer is 200, whole but for the field, whose error tells no more than it may."""
    response = await client.post(
        "/graphql", json={"query": "{ hello sick }"}, headers={"accept": accept, "accept-language": "en"}
    )

    assert response.status_code == 200
    assert response.json()["data"] == {"hello": "hello all ", "sick": None}
    (error,) = response.json()["errors"]
    trace_id = response.headers["x-tongxin-trace-id"]
    shown = {"code": "PLATFORM_UNAVAILABLE", "platform": "duty", "retryable": True, "traceId": trace_id}
    assert error["extensions"] == shown
    assert (error["path"], error["locations"]) == (["sick"], [{"line": 1, "column": 9}])


async def test_equal_errors_are_counted_beyond_twenty(client: httpx.AsyncClient) -> None:
    """Thirty equal failures answer twenty errors, the last of which counts the other ten."""
    response = await client.post("/graphql", json={"query": "{ rows { id sick } secret }"})

    *errors, forbidden = response.json()["errors"]
    assert len(errors) == 20
    assert [error["extensions"].get("more") for error in errors] == [None] * 19 + [10]
    assert forbidden["extensions"]["scope"] == "duty:read"


async def test_errors_speak_the_callers_language(client: httpx.AsyncClient) -> None:
    """The words follow Accept-Language; the code does not."""
    chinese = await client.post("/graphql", json={"query": "{ secret }"}, headers={"accept-language": "zh-CN,en;q=0.5"})
    english = await client.post("/graphql", json={"query": "{ secret }"}, headers={"accept-language": "de"})

    assert chinese.json()["errors"][0]["message"].startswith("此项需要授权范围 duty:read")
    assert english.json()["errors"][0]["message"].startswith("This needs the scope duty:read")
    assert code_of(chinese) == code_of(english) == "FORBIDDEN"


async def test_platforms_are_called_by_their_titles(edge: Any, client_of: Any) -> None:
    """People read a platform's title, programs its name."""
    titles = {"duty": {Language.ZH: "履职平台", Language.EN: "the duty platform"}}

    async with client_of(edge(titles=titles)) as client:
        response = await client.post("/graphql", json={"query": "{ sick }"}, headers={"accept-language": "zh"})

    (error,) = response.json()["errors"]
    assert error["message"].startswith("履职平台暂时没有")
    assert error["extensions"]["platform"] == "duty"


async def test_the_executor_learns_who_asks_how(edge: Any, client_of: Any, listener: Listener) -> None:
    """Viewer, language, trace, deadline and method reach the executor, as do all four parameters."""
    headers = {
        "authorization": "bearer good",
        "accept-language": "zh",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    }
    body = {"query": "{ a }", "operationName": "A", "variables": {"v": [1]}, "extensions": {"e": {}}, "other": 1}

    async with client_of(edge(listener, request_timeout_ms=60_000)) as client:
        response = await client.post("/graphql", json=body, headers=headers)

    assert response.status_code == 200
    assert listener.request == GraphQLRequest("{ a }", "A", {"v": [1]}, {"e": {}})
    caller = listener.caller
    assert (caller.ask.viewer.person_id, caller.language, caller.may_write) == ("p1", Language.ZH, True)
    assert caller.trace_id == "0af7651916cd43dd8448eb211c80319c" == response.headers["x-tongxin-trace-id"]
    assert 30 < caller.ask.deadline.remaining() <= 60


async def test_without_a_token_anyone_asks(edge: Any, client_of: Any, listener: Listener) -> None:
    """No Authorization is no fault."""
    async with client_of(edge(listener)) as client:
        await client.get("/graphql", params={"query": "{ a }"})

    assert listener.caller.ask.viewer is ANYONE
    assert not listener.caller.may_write


async def test_a_token_that_ended_is_refused(client: httpx.AsyncClient) -> None:
    """A token that is not good answers 401 as RFC 6750 section 3 asks, and nothing of why."""
    response = await client.post("/graphql", json=HELLO, headers={"authorization": "Bearer ended"})

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert code_of(response) == "INVALID_TOKEN"
    assert "signature" not in response.text


async def test_a_token_nobody_can_look_up_is_a_matter_of_time(client: httpx.AsyncClient) -> None:
    """While the database is away a token is neither good nor bad: 503, and asking again helps."""
    response = await client.post("/graphql", json=HELLO, headers={"authorization": "Bearer unknowable"})

    assert response.status_code == 503
    assert response.headers["retry-after"]
    assert code_of(response) == "SIGN_ON_UNAVAILABLE"
    assert response.json()["errors"][0]["extensions"]["retryable"] is True


@pytest.mark.parametrize("params", [{"access_token": "good"}, {"query": "{ hello }", "access_token": "good"}])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_token_in_the_address_is_refused(client: httpx.AsyncClient, params: Any, method: str) -> None:
    """Addresses stand in logs, so a token in one is refused rather than overlooked."""
    response = await client.request(method, "/graphql", params=params)

    assert response.status_code == 400
    assert code_of(response) == "TOKEN_IN_ADDRESS"


async def test_accept_of_neither_type_is_refused(client: httpx.AsyncClient) -> None:
    """Who can read neither type is told which there are."""
    response = await client.post("/graphql", json=HELLO, headers={"accept": "application/xml, text/plain;q=0.5"})

    assert response.status_code == 406
    assert code_of(response) == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "BAD_JSON"),
        (b'{ "not a JSON', "BAD_JSON"),
        (b'"query"', "BAD_JSON"),
        (b'{"query": "\xff"}', "BAD_JSON"),
        (b'{"query": "\\ud800"}', "BAD_JSON"),
        (b"[" * 100_000, "JSON_TOO_DEEP"),
        (b'{"query": "{a}", "variables": ' + b'{"a":' * 90 + b"1" + b"}" * 91, "JSON_TOO_DEEP"),
        (b'{"query": "{a}", "variables": {"a": ' + b"9" * 41 + b"}}", "NUMBER_TOO_LONG"),
        (b'{"query": "{a}", "variables": {"a": ' + b"9" * 5000 + b"}}", "NUMBER_TOO_LONG"),
        (b'{"query": "{a}", "variables": {"a": 1e999}}', "NUMBER_TOO_LONG"),
        (b'[{"query": "{ hello }"}]', "BATCHING_NOT_OFFERED"),
        (b"{}", "BAD_PARAMETER"),
        (b'{"query": null}', "BAD_PARAMETER"),
    ],
)
async def test_a_body_that_is_no_request_is_refused(client: httpx.AsyncClient, content: bytes, code: str) -> None:
    """Bodies that are no well-formed request answer 400 in either media type."""
    for accept in (JSON, GRAPHQL):
        response = await client.post(
            "/graphql", content=content, headers={"content-type": "application/json", "accept": accept}
        )

        assert response.status_code == 400
        assert response.headers["content-type"].startswith(accept)
        assert code_of(response) == code


@pytest.mark.parametrize("wrong", [{"obj": "ect"}, 0, False, ["array"], "string"])
@pytest.mark.parametrize("parameter", ["query", "operationName", "variables", "extensions"])
async def test_a_parameter_of_another_type_is_refused(client: httpx.AsyncClient, parameter: str, wrong: Any) -> None:
    """Each parameter has its type, and the refusal names the parameter; null is as good as absent, but for query."""
    suits = isinstance(wrong, str if parameter in ("query", "operationName") else dict)

    response = await client.post("/graphql", json={**HELLO, parameter: wrong}, headers={"accept": GRAPHQL})
    absent = await client.post("/graphql", json={**HELLO, parameter: None}, headers={"accept": GRAPHQL})

    if not suits:
        assert response.status_code == 400
        assert response.json()["errors"][0]["extensions"]["parameter"] == parameter
    assert absent.status_code == (400 if parameter == "query" else 200)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content-type": "text/plain"}, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content-type": "application/x-www-form-urlencoded"}, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content-type": "application/json; charset=gbk"}, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content-type": "application/json", "content-encoding": "gzip"}, "UNSUPPORTED_ENCODING"),
    ],
)
async def test_other_content_is_refused(client: httpx.AsyncClient, headers: dict[str, str], code: str) -> None:
    """Only JSON in UTF-8 and uncompressed is read; that also keeps a browser's simple requests out."""
    response = await client.post("/graphql", content=json.dumps(HELLO).encode(), headers=headers)

    assert response.status_code == 415
    assert code_of(response) == code


async def test_deep_documents_are_refused_not_fatal(client: httpx.AsyncClient, edge: Any, client_of: Any) -> None:
    """A document nested beyond what can be walked is the caller's fault, even if the executor trips over it."""

    async def trips(_request: GraphQLRequest, _caller: Caller) -> Outcome:
        raise RecursionError

    deep = {"query": "{a" * 60_000}
    parsed = await client.post("/graphql", json=deep, headers={"accept": GRAPHQL})
    async with client_of(edge(trips)) as tripping:
        tripped = await tripping.post("/graphql", json=deep)

    assert parsed.status_code == tripped.status_code == 400
    assert code_of(tripped) == "DOCUMENT_TOO_DEEP"


async def test_an_unplanned_failure_keeps_its_words(edge: Any, client_of: Any) -> None:
    """An exception of the executor answers 500 with the registry's words only."""

    async def breaks(_request: GraphQLRequest, _caller: Caller) -> Outcome:
        msg = "secret-host:5432 refused 王小明"
        raise KeyError(msg)

    async with client_of(edge(breaks)) as client:
        response = await client.post("/graphql", json=HELLO)

    assert response.status_code == 500
    assert code_of(response) == "INTERNAL_ERROR"
    assert "secret-host" not in response.text
    assert "王小明" not in response.text


async def test_no_answer_is_kept_by_caches(client: httpx.AsyncClient) -> None:
    """Answers depend on the token and the language, so nobody between keeps them or guesses their type."""
    response = await client.post("/graphql", json=HELLO)

    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert {"Accept", "Accept-Language", "Authorization"} <= set(response.headers["vary"].split(", "))
    assert not [name for name in response.headers if name.startswith("access-control-")]
