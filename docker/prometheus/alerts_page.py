# noqa: INP001 - a script beside the rules that it reads, in no package
"""The alerts as a page for people: ``python docker/prometheus/alerts_page.py`` prints ``docs/ops/alerts.md``."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parent / "rules"
FILES = {"platforms": "Platforms · 平台", "gateway": "The gateway itself · 网关自身", "writes": "Writes · 写入"}
WORDS = {"page": "page 立即", "ticket": "ticket 工单"}
_HEAD = """\
<!-- Printed from docker/prometheus/rules by `make docs`; edit the words there. -->

# Alerts · 告警

`page` calls somebody now; `ticket` waits for the morning. Each has a page here that says what to do. What follows from
something else is kept back ([alertmanager.yml](../../docker/alertmanager/alertmanager.yml)): a platform that is down is
one page, and so is a cause that all platforms have in common. What is promised, and so how soon shares of failures call
somebody, stands in [objectives.yml](../../docker/prometheus/rules/objectives.yml):
{promises}.

`page` 立即呼叫值班人员，`ticket` 可待上班处理。由其他故障引起的告警会被抑制：一个平台故障只呼叫一次。
"""
_COLUMNS = "| alert | urgency 级别 | after 持续 | says | 含义 |\n|---|---|---|---|---|"


def alerts_page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD.format(promises=", ".join(_promises()))]
    for name, title in FILES.items():
        rows = "\n".join(_row(rule) for rule in _rules(name) if "alert" in rule)
        parts.append(f"## {title}\n\n{_COLUMNS}\n{rows}\n")
    return "\n".join(parts)


def _rules(name: str) -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load((RULES / f"{name}.yml").read_text())["groups"]:
        yield from group["rules"]


def _promises() -> Iterator[str]:
    said = {rule["record"].rpartition(":")[2]: str(rule["expr"]) for rule in _rules("objectives")}
    numbers = {name: re.findall(r"vector\(([\d.]+)\)", expr) for name, expr in said.items()}
    yield f"{float(numbers['platform_calls'][0]):.1%} of the calls to each platform"
    yield f"{float(numbers['requests'][0]):.1%} of the requests without a 5xx"
    yield f"{numbers['replicas'][0]} replicas"


def _row(rule: dict[str, Any]) -> str:
    words = {key: _plain(text) for key, text in rule["annotations"].items()}
    page = words["runbook_url"].removeprefix("docs/ops/")
    english = f"{words['summary']}. {words['description']}"
    chinese = f"{words['summary_zh']}。{words['description_zh']}"
    urgency = WORDS[rule["labels"]["severity"]]
    twin = page.replace(".md", ".zh-CN.md")
    return f"| [{rule['alert']}]({page}) [中]({twin}) | {urgency} | {rule.get('for', '–')} | {english} | {chinese} |"


def _plain(text: str) -> str:
    """Templates as people read them: ``PLATFORM`` for ``{{ $labels.platform }}``."""
    named = re.sub(r"\{\{ \$labels\.(\w+) \}\}", lambda found: found[1].upper(), text)
    return re.sub(r"\{\{ \$value[^}]*\}\}", "N", named).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(alerts_page())
