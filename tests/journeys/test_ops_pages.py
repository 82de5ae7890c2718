"""``/ops`` and ``/status`` as the whole gateway serves them: who gets in, what they see, and what a button does."""

from connectors.sandbox.faults import FaultKind
from tests.auth.pages.browsing import Page
from tests.operators import OperatorBrowser, operator_at
from tests.stack import Gateway, Sandbox, SignInDesk


async def opened(browser: OperatorBrowser, address: str, language: str = "en") -> Page:
    """What the operator's browser shows."""
    return Page(await browser.gateway.client.get(address, headers={"Accept-Language": language}))


async def test_an_operator_sees_what_is_wrong(desk: SignInDesk, sandbox: Sandbox) -> None:
    """A platform that fails is there by name, with its error, whose it is, and a button."""
    operator = await operator_at(desk)
    well = await opened(operator, "/ops")
    sandbox.break_("duty", FaultKind.HTTP500)
    await operator.act("probe.now", platform="duty")

    ill = await opened(operator, "/ops")

    assert (well.status, ill.status) == (200, 200)
    (trouble,) = [one.text for one in ill.all("section") if "trouble" in str(one.attributes.get("class")).split()]
    assert "Member-duty platform" in trouble
    assert "Them" in trouble
    assert "Probe now: Member-duty platform" in {button.text for button in ill.all("button")}


async def test_a_button_asks_and_does(desk: SignInDesk) -> None:
    """By forms alone: the question, yes, and the picture with what was done by hand."""
    operator = await operator_at(desk)
    question = await opened(operator, "/ops/act?act=breaker.open&platform=duty")
    fields = dict(question.form("Yes, do it").fields) | {"minutes": "5"}
    sent = {"Origin": desk.gateway.settings.public_url, "Sec-Fetch-Site": "same-origin"}

    answer = await desk.gateway.client.post("/ops/act", data=fields, headers=sent)
    after = await opened(operator, answer.headers["location"])

    assert answer.status_code == 303
    assert "Done and recorded: calls stopped." in after.text
    assert "By hand: calls stopped" in after.text


async def test_others_do_not_get_in(gateway: Gateway, desk: SignInDesk) -> None:
    """Nobody signs in first, an operator proves the second factor first, and comes back."""
    nobody = await gateway.client.get("/ops")
    without_factor = await operator_at(desk, methods=("zhezhengding-qr",))
    unproved = await without_factor.gateway.client.get("/ops")

    assert (nobody.status_code, nobody.headers["location"]) == (303, "/login?to=%2Fops")
    assert (unproved.status_code, unproved.headers["location"]) == (303, "/login/factor?to=%2Fops")


async def test_everybody_sees_the_status(gateway: Gateway) -> None:
    """Without a session, a cookie or a script."""
    answer = await gateway.client.get("/status", headers={"Accept-Language": "zh-CN"})

    page = Page(answer)
    assert (page.status, page.all("h1")[0].text) == (200, "各项服务正常。")
    assert [one.text for one in page.all("h2")][:2] == ["浙里办", "浙政钉"]
    assert "set-cookie" not in answer.headers
