"""``/ops`` and ``/status`` in Chromium, through an outage of one platform of a running gateway's sandbox.

With PICTURES the pages on the way are kept in that folder: that is how docs/ops/pictures is made.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.verify.served_gateway import PERSON, Served, served

__all__ = ["served"]
pytestmark = pytest.mark.verify

OWN = Path(__file__).parent / "ops-walk"
SECONDS = 400
PAGES = 11


def test_an_operator_through_an_outage(served: Served, require: Callable[..., None], tmp_path: Path) -> None:
    """Six questions are answered on the first screen, buttons work, what is old says so, and all is well in the end.

    Wide and on a phone, in both languages, light and dark, with and without the script; nothing for axe, nothing on
    the console, no page too wide.
    """
    told = walked(served, require, tmp_path)

    assert told["faults"] == []
    assert len(told["looked"]) == PAGES
    assert all(one["passes"] > 15 for one in told["looked"])
    assert (told["first"], told["back"]) == ("/login", "/ops")
    for answers in (told["wide"], told["phone"], told["english"]):
        assert all(one["seen"] for one in answers), answers
    which, since, noticed, whose, done, press = (one["said"] for one in told["wide"])
    assert "履职服务综合平台 ✕ 不可用" in which
    assert re.search(r"\d\d:\d\d:\d\d （", since)
    assert re.search(r"五分钟内 [1-9]\d* 个请求受影响", noticed)
    assert "Studio.name" in noticed
    assert "对方" in whose
    assert "应用：失败" in whose
    assert re.search(r"\d\d:\d\d:\d\d .*暂停", done)
    assert "立即探测" in press
    assert told["focused"] == ["incidents", "probe.now"]
    assert told["question"] == "延长履职服务综合平台旧数据的使用？"
    assert "已执行并记录" in told["did"]
    assert re.fullmatch(r"已 \d+ 秒没有新消息，页面可能已过时", told["old"])
    assert "延长旧数据的使用 30 分钟" in told["after"]
    assert "一切正常" in told["plain"]
    assert told["plainQuestion"][0] == "/ops/act"
    assert told["out"] == "/login"
    assert told["citizen"] == ["/ops", "此页面仅限运维人员"]


def walked(served: Served, require: Callable[..., None], folder: Path) -> Any:
    """Let the operator walk; answers what was seen."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    require(chromium, "Chromium is not here")
    require(shutil.which("npm"), "npm is not here")
    walk = Path(shutil.copytree(OWN, folder / "walk", ignore=shutil.ignore_patterns("node_modules")))
    subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit"], cwd=walk, check=True, timeout=SECONDS)
    kept = json.loads((Path(served.environment["TONGXIN_DATA_DIR"]) / "sandbox-clients.json").read_text())
    ((operator, key),) = kept["factors"].items()
    pictures = os.environ.get("PICTURES")
    facts = {
        "gateway": served.address,
        "platform": served.environment["TONGXIN_DUTY__BASE_URL"],
        "operator": operator,
        "key": key,
        "citizen": PERSON,
        "chromium": chromium,
        "pictures": pictures and str(Path(pictures).resolve()),
    }
    command = ["node", "walk.mjs", json.dumps(facts)]
    ran = subprocess.run(command, cwd=walk, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert ran.returncode == 0, ran.stderr
    for picture in Path(pictures).glob("*.png") if pictures else ():
        with Image.open(picture) as taken:
            taken.convert("RGB").quantize(256).save(picture, optimize=True)
    return json.loads(ran.stdout)
