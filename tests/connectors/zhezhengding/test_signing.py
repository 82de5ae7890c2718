"""The published vectors (wire-formats A2.4) and the rules around them."""

from datetime import UTC, datetime
from random import Random
from urllib.parse import urlencode

import pytest

from connectors.zhezhengding.settings import Algorithm, KeyOrder, TimestampFormat
from connectors.zhezhengding.signing import (
    Params,
    canonical,
    new_nonce,
    pairs_from,
    signature,
    string_to_sign,
    timestamp_text,
)

APPKEY = "demo_gateway-1a2b3c4d5e6f"
SECRET = "DemoSecretDoNotUse0123456789abcdefghijkl"
TIMESTAMP = "2025-03-04T10:03:04.567+08:00"
NONCE = "17410537845671234"
Z4: Params = {
    "bizMsgId": "q-20250304-0001",
    "msg": '{"msgtype":"text","text":{"content":"委员工作室：您有 1 条新提问 & 请答复+1"}}',
    "receiverIds": "10001,10002",
    "organizationCodes": "",
    "tenantId": 100001,
}
Z5: Params = {"tenantId": 100001, "subTypeCode": "ST_1", "subject": "答复提问"}
Z3: Params = {"tenantId": 100001, "organizationCodes": ["GO_bbbb", "GO_aaaa"]}
LIST_PATH = "/mozi/organization/listOrganizationsByCodes"
TASK_PATH = "/tc/v2/openapi/task/create.json"

VECTORS: dict[str, tuple[str, str, Params, KeyOrder, Algorithm, str]] = {
    "Z1": ("GET", "/gettoken.json", {}, "ci", "sha256", "9tlMaj5p/rxJ/7yJkv1STja9F3vsT4MwKra35iFHUWk="),
    "Z2": (
        "GET",
        "/gettoken.json",
        {"appsecret": SECRET, "appkey": APPKEY},
        "ci",
        "sha256",
        "WxVlSZSLoTaJxmS36sXXxdlc/YTfRzn6xnKUC4UrlGI=",
    ),
    "Z3": ("POST", LIST_PATH, Z3, "ci", "sha256", "qy3Fe8cWzQzKH++9Jhn7Q3a+w57nLtT+oPrOzPp46Aw="),
    "Z4": ("POST", "/message/workNotification", Z4, "ci", "sha256", "6+uJXrKjvJ50TMIYDt8VgMVminQng+yXbKqd67ZR8z4="),
    "Z5": ("POST", TASK_PATH, Z5, "ci", "sha256", "dinV7szAYHVt/3+TsQOIjm+VMbhbvH6l2BfOCHxPfSM="),
    "Z5b": ("POST", TASK_PATH, Z5, "codepoint", "sha256", "hySbWdfM3V1xdfszsBrRVmAyCfSmc3342CNdGGybI+Q="),
    "Z3-md5": ("POST", LIST_PATH, Z3, "ci", "md5", "fb98fcdf758a6f4a5276572a30362990"),
}


@pytest.mark.parametrize("name", VECTORS)
def test_vector_is_reproduced(name: str) -> None:
    """Each published vector comes out, whatever order the parameters were given in."""
    method, path, params, order, algorithm, expected = VECTORS[name]
    pairs = pairs_from(params)

    for seed in range(5):
        Random(seed).shuffle(pairs)  # noqa: S311 - any order will do
        text = string_to_sign(method, TIMESTAMP, NONCE, path, pairs, order=order)
        assert signature(text, SECRET, algorithm) == expected


def test_no_parameters_mean_no_last_line() -> None:
    """Without parameters the string ends with the path, without a line feed."""
    text = string_to_sign("get", TIMESTAMP, NONCE, "/gettoken.json", [("blank", " ")], order="ci")

    assert text == f"GET\n{TIMESTAMP}\n{NONCE}\n/gettoken.json"


def test_body_of_z4_is_encoded_as_published() -> None:
    """The wire form is encoded while the signed form is raw; a blank value is in neither."""
    body = urlencode(pairs_from(Z4))

    assert body == (
        "bizMsgId=q-20250304-0001&msg=%7B%22msgtype%22%3A%22text%22%2C%22text%22%3A%7B%22content%22%3A%22"
        "%E5%A7%94%E5%91%98%E5%B7%A5%E4%BD%9C%E5%AE%A4%EF%BC%9A%E6%82%A8%E6%9C%89+1+%E6%9D%A1%E6%96%B0"
        "%E6%8F%90%E9%97%AE+%26+%E8%AF%B7%E7%AD%94%E5%A4%8D%2B1%22%7D%7D&receiverIds=10001%2C10002&tenantId=100001"
    )


def test_values_stay_untrimmed() -> None:
    """Space only decides whether a value is blank; otherwise it is signed as it is."""
    assert canonical([("b", " x "), ("a", "\t"), ("c", "")], "ci") == "b= x "


def test_values_become_text() -> None:
    """Booleans are lower case, nothing is absent, a list is a repeated key without its blanks."""
    params: Params = {"flag": True, "off": False, "none": None, "list": ["b", "", "a"], "number": 0}

    assert pairs_from(params) == [("flag", "true"), ("off", "false"), ("list", "b"), ("list", "a"), ("number", "0")]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("milliseconds", "2025-03-04T10:03:04.567+08:00"),
        ("seconds", "2025-03-04T10:03:04+08:00"),
        ("microseconds", "2025-03-04T10:03:04.567890+08:00"),
        ("utc", "2025-03-04T02:03:04.567Z"),
    ],
)
def test_timestamp_is_written_as_set(form: TimestampFormat, expected: str) -> None:
    """A2.2: the official form, and those seen in working clients."""
    moment = datetime(2025, 3, 4, 2, 3, 4, 567_890, tzinfo=UTC)

    assert timestamp_text(moment, form) == expected


def test_nonces_do_not_meet() -> None:
    """Requests made within one instant carry different nonces of digits."""
    nonces = {new_nonce() for _ in range(5000)}

    assert len(nonces) == 5000
    assert all(nonce.isdigit() for nonce in nonces)
