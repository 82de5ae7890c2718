"""The registry as a page for people: ``docs/errors.md`` is what this prints (``python -m gateway.errors.page``)."""

import sys

from gateway.errors.entry import Entry
from gateway.errors.registry import SECTIONS

_HEAD = """\
<!-- Printed from gateway/errors by `python -m gateway.errors.page > docs/errors.md`; edit the words there. -->

# Errors · 错误

Every error of an answer has the GraphQL form `message`, `locations`, `path`, `extensions`. `message` is for people and
follows `Accept-Language` (`zh` or `en`); programs go by `extensions`:

| key | what it holds |
|---|---|
| `code` | one of the codes below; a published code keeps its meaning |
| `platform` | which platform failed, where one did |
| `retryable` | whether the very same request may succeed later |
| `traceId` | also in the header `x-tongxin-trace-id`; the operator finds the request by it |
| `more` | on the last of twenty equal errors: how many further ones were left out |

The names in braces below are further keys of `extensions`, except `reason`, which is part of the message only. A code
with an HTTP status refuses the whole request. Errors of the GraphQL document answer 200 to clients that accept only
`application/json`. Codes without one happen to single fields, which are then `null`, inside an answer with status 200.

每条错误的 `message` 供人阅读，语言随 `Accept-Language`；程序请依据 `extensions.code`。
有 HTTP 状态码的错误表示整个请求被拒绝，没有的只影响单个字段（该字段为 `null`，其余内容照常返回）。
"""

_COLUMNS = "| code | HTTP | again? 可重试 | English | 中文 |\n|---|---|---|---|---|"


def errors_page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for (english, chinese), entries in SECTIONS.items():
        rows = "\n".join(_row(entry) for entry in entries)
        parts.append(f"## {english} · {chinese}\n\n{_COLUMNS}\n{rows}\n")
    return "\n".join(parts)


def _row(entry: Entry) -> str:
    again = "yes 是" if entry.retryable else "no 否"
    return f"| `{entry.code}` | {entry.status or ''} | {again} | {entry.en} | {entry.zh} |"


if __name__ == "__main__":
    sys.stdout.write(errors_page())
