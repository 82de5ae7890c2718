"""How the sandbox reads what a request carries."""

from typing import TYPE_CHECKING

import pytest

from tests.connectors.zhezhengding.by_hand import TENANT, data_of, failure_of, headers_for, posted

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "Application/X-WWW-Form-UrlEncoded ;charset=utf-8"]
)
async def test_forms_are_known_by_their_media_type(bench: "Bench", media_type: str) -> None:
    """Media types ignore case (RFC 9110 section 8.3.1)."""
    params = {"tenantId": bench.settings.tenant_id, "employeeCodes": ["GE_1"]}
    request = bench.request(bench.client(), "POST", "/mozi/employee/listEmployeesByCodes", params)
    request.headers["content-type"] = media_type

    answer = (await bench.http.send(request)).json()

    assert answer["content"]["data"] == []


async def test_what_is_no_form_carries_no_parameters(bench: "Bench") -> None:
    """A body of another kind is not read, so a signature over its parameters does not fit."""
    params = {"tenantId": bench.settings.tenant_id, "employeeCodes": ["GE_1"]}
    request = bench.request(bench.client(), "POST", "/mozi/employee/listEmployeesByCodes", params)
    request.headers["content-type"] = "application/x-www-form-urlencoded2"

    assert (await bench.http.send(request)).json()["Message"] == "SignatureDoesNotMatch"


async def test_head_is_told_what_is_allowed(bench: "Bench") -> None:
    """A method the platform does not have is answered with those it has (RFC 9110 section 15.5.6)."""
    answer = await bench.http.send(bench.request(bench.client(), "HEAD", "/gettoken.json", {}))

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("params", "facts"),
    [
        ({"pageSize": "101"}, (1, 100)),
        ({"pageSize": "9" * 5000}, (1, 100)),
        ({"pageNo": "9" * 26}, (10**9, 20)),
        ({"pageNo": "-" + "9" * 26}, (1, 20)),
        ({"pageNo": "two", "pageSize": "0"}, (1, 20)),
    ],
)
async def test_numbers_of_any_length_are_numbers(
    params: dict[str, str], facts: tuple[int, int], bench: "Bench"
) -> None:
    """A5 and F 6: a size above 100 is 100, a page below 1 is 1, one behind the last is empty, however large."""
    path = "/mozi/organization/pageSubOrganizationCodes"
    root = {"tenantId": TENANT, "organizationCode": "GO_root"}

    content = (await posted(bench.http, path, root | params))["content"]

    assert (content["currentPage"], content["pageSize"]) == facts
    assert bool(content["data"]) is (facts[0] == 1)


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a"]
)
@pytest.mark.parametrize("path", ["/media/upload", "/mozi/employee/getEmployeeByCode"])
async def test_a_body_nobody_can_read_is_refused_in_an_envelope(path: str, kind: str, bench: "Bench") -> None:
    """F 3: what was signed did not arrive, so the signature does not match; no bare HTTP 400."""
    headers = headers_for("POST", path, {"tenantId": TENANT}) | {"Content-Type": kind}

    answer = await bench.http.post(f"http://zzd{path}", content=b"x", headers=headers)

    assert (answer.status_code, answer.json()["Message"]) == (200, "SignatureDoesNotMatch")


async def test_an_upload_nobody_can_read_has_no_file(bench: "Bench") -> None:
    """A2.3: parameters in the address are signed well, but without a readable body there is no ``media``."""
    token = data_of(await posted(bench.http, "/gettoken.json", {}))["accessToken"]
    params = {"access_token": token, "type": "file"}
    headers = headers_for("POST", "/media/upload", params) | {"Content-Type": "multipart/form-data; boundary=a"}

    answer = await bench.http.post("http://zzd/media/upload", params=params, content=b"x", headers=headers)

    failure_of(answer.json())
