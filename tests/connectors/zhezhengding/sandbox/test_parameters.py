"""How the sandbox reads what a request carries."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "Application/X-WWW-Form-UrlEncoded ;charset=utf-8"]
)
async def test_forms_are_known_by_their_media_type(bench: "Bench", media_type: str) -> None:
    """Media types ignore case (RFC 9110 section 8.3.1)."""
    params = {"tenantId": bench.settings.tenant_id, "employeeCodes": ["GE_1"]}
    request = bench.client().request("POST", "/mozi/employee/listEmployeesByCodes", params)
    request.headers["content-type"] = media_type

    answer = (await bench.http.send(request)).json()

    assert answer["content"]["data"] == []


async def test_what_is_no_form_carries_no_parameters(bench: "Bench") -> None:
    """A body of another kind is not read, so a signature over its parameters does not fit."""
    params = {"tenantId": bench.settings.tenant_id, "employeeCodes": ["GE_1"]}
    request = bench.client().request("POST", "/mozi/employee/listEmployeesByCodes", params)
    request.headers["content-type"] = "application/x-www-form-urlencoded2"

    assert (await bench.http.send(request)).json()["Message"] == "SignatureDoesNotMatch"


async def test_head_is_told_what_is_allowed(bench: "Bench") -> None:
    """A method the platform does not have is answered with those it has (RFC 9110 section 15.5.6)."""
    answer = await bench.http.send(bench.client().request("HEAD", "/gettoken.json", {}))

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
