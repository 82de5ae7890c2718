"""Where the platforms' pages send browsers back to: to the gateway itself, unless something else is set."""

import pytest

from gateway.platforms import PLATFORMS
from gateway.settings import Settings, load_settings

ISSUER = "https://gateway.example.cn"


def callbacks(settings: Settings) -> dict[str, str]:
    """Each platform's callback, by its name."""
    section = {platform.name: settings.platform(platform) for platform in PLATFORMS}
    return {
        "zheliban": section["zheliban"].callback_url,
        "zhezhengding": section["zhezhengding"].qr.callback_url,
        "duty": section["duty"].signin.callback_url,
    }


@pytest.mark.parametrize("sandbox", [True, False])
def test_they_follow_the_issuer(*, sandbox: bool) -> None:
    """Also in front of the sandbox, whose own values say something else."""
    settings = load_settings(PLATFORMS, sandbox=sandbox, auth={"issuer": ISSUER})

    assert callbacks(settings) == {name: f"{ISSUER}/login/{name}/callback" for name in callbacks(settings)}


@pytest.mark.parametrize("sandbox", [True, False])
def test_what_was_set_stays(*, sandbox: bool) -> None:
    """A registration may name another address, such as a proxy's."""
    other = "https://proxy.example.cn/back"
    sections = {"zlb": {"callback_url": other}, "zzd": {"qr": {"callback_url": other}}}
    duty = {"duty": {"signin": {"callback_url": other}}}

    settings = load_settings(PLATFORMS, sandbox=sandbox, auth={"issuer": ISSUER}, **sections, **duty)

    assert set(callbacks(settings).values()) == {other}
