"""The IDE in a real browser, with no network but the gateway and its sandbox."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.ide import FOLDER
from tests.verify.served_gateway import PERSON, Served, served

__all__ = ["served"]
pytestmark = pytest.mark.verify

OWN = Path(__file__).parent / "ide-walk"
WORDS = {
    "en-US": ("Sign in", "Sign out", "Who asks (sign in first)"),
    "zh-CN": ("登录", "退出登录", "我是谁（先登录）"),
}
SECONDS = 180


@pytest.mark.parametrize("language", WORDS)
def test_a_person_signs_in_and_asks(
    language: str, served: Served, require: Callable[..., None], tmp_path: Path
) -> None:
    """Examples lie ready in the browser's language; who signs in asks and listens with a token, until they sign out."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    require(browser, "no Chromium is here")
    require(shutil.which("npm"), "npm is not here")
    require((FOLDER / "dist").is_dir(), "the IDE is not installed: make ide")
    folder = Path(shutil.copytree(OWN, tmp_path / "walk"))
    subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit"], cwd=folder, check=True, timeout=SECONDS)

    command = ["node", "walk.mjs", served.address, PERSON, str(browser), language]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)

    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    begin, after, tab = WORDS[language]
    assert tab in told["tabs"]
    assert (told["begin"], told["after"], told["end"]) == (begin, after, begin)
    assert (told["anyone"]["authorization"], told["person"]["authorization"]) == ("", "Bearer")
    assert told["anyone"]["studio"] == told["person"]["studio"]
    assert told["live"] == {"said": "Bearer", "heard": 1}
    assert (told["foreign"], told["faults"]) == ([], [])
