"""Where a page is shown, and how it should look there (wire-formats B8)."""

import pytest

from connectors.zheliban.surroundings import (
    Surroundings,
    VisitorKind,
    dialled,
    page_address,
    surroundings_of,
    visitor_kind,
    wants_elder_mode,
)


@pytest.mark.parametrize(
    ("agent", "where"),
    [
        ("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 dtdreamweb/6.0", Surroundings.APP),
        ("Mozilla/5.0 (iPhone) DtDreamWeb", Surroundings.APP),
        ("Mozilla/5.0 (Linux) AlipayClient/10.5 MiniProgram APXWebView", Surroundings.ALIPAY),
        ("Mozilla/5.0 (iPhone) MicroMessenger/8.0 miniProgram/wx1", Surroundings.WECHAT),
        ("Mozilla/5.0 (iPhone) MicroMessenger/8.0", Surroundings.WECHAT),
        ("Mozilla/5.0 (iPhone) miniprogram", Surroundings.WECHAT),
        ("Mozilla/5.0 (Linux) AlipayClient/10.5", Surroundings.BROWSER),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120", Surroundings.BROWSER),
        ("", Surroundings.BROWSER),
        (None, Surroundings.BROWSER),
    ],
)
def test_surroundings_are_told_by_the_user_agent(agent: str | None, where: Surroundings) -> None:
    """B8: dtdreamweb; miniprogram with alipay; micromessenger or miniprogram."""
    assert surroundings_of(agent) is where
    assert where.has_bridge is (where is not Surroundings.BROWSER)


@pytest.mark.parametrize(("style", "elder"), [("elder", True), ("normal", False), ("ELDER", False), (None, False)])
def test_the_elder_mode_is_asked_for(style: str | None, *, elder: bool) -> None:
    """B8: getUiStyle."""
    assert wants_elder_mode(style) is elder


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("0", VisitorKind.PERSON),
        ("1", VisitorKind.PERSON),
        ("2", VisitorKind.LEGAL_PERSON),
        ("3", None),
        (None, None),
    ],
)
def test_the_visitors_kind_is_told(told: str | None, kind: VisitorKind | None) -> None:
    """B8: getUserType, 0 and 1 a person, 2 a legal person."""
    assert visitor_kind(told) is kind


def test_the_address_of_a_published_page() -> None:
    """B8: pages live on the platform, below their application's id."""
    root = "https://mapi.zjzwfw.gov.cn/web/mgop/gov-open/zj/2000000001/reserved/index.html"

    assert page_address("2000000001") == root
    assert page_address("2000000001", "/studios/S 1", debug="a b") == f"{root}?debug=a%20b#/studios/S%201"


@pytest.mark.parametrize("app_id", ["", "../x", "a/b", "a?b", "x" * 65])
def test_an_application_id_cannot_lead_elsewhere(app_id: str) -> None:
    """An id is letters, digits and dashes."""
    with pytest.raises(ValueError, match="not an application id"):
        page_address(app_id)


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("0576-88880000", "tel:057688880000"),
        ("137 0000 0000", "tel:13700000000"),
        ("（0576）88880000", "tel:057688880000"),
        ("+86 576 8888 0000", "tel:+8657688880000"),
        ("0576-88880000转8001", "tel:057688880000"),
        ("0576-88880000/88881111", "tel:057688880000"),
        ("无", None),
    ],
)
def test_numbers_can_be_dialled(phone: str, link: str | None) -> None:
    """B8: telephone numbers that can be dialled."""
    assert dialled(phone) == link
