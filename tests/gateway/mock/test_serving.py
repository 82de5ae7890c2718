"""A gateway in mock mode: everything but the data is its own."""

import pytest

from gateway.platforms import PLATFORMS
from gateway.settings import SettingsError, load_settings
from tests.stack import OpenGateway, Sandbox


async def test_no_platform_is_asked(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """The answer says that it is invented, and is whole without any of them."""
    async with open_gateway(mock=True) as gateway:
        sandbox.reset()

        answer = await gateway.query("{ studios(first: 2) { nodes { name members(first: 2) { nodes { name } } } } }")

    assert len(answer["data"]["studios"]["nodes"]) == 2
    assert answer["extensions"]["mock"] is True
    assert sum(sandbox.calls().values()) == 0


def test_it_is_refused_where_platforms_may_be_real() -> None:
    """So that nobody takes for real what is not."""
    with pytest.raises(SettingsError, match="mock: only with sandbox = true"):
        load_settings(PLATFORMS, mock=True)
