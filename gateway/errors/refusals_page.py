"""What sign-on refuses, as a page for partners: ``docs/partners/errors.md`` is what this prints.

Run as ``python -m gateway.errors.refusals_page``.
"""

import sys
from collections.abc import Iterable

from auth.pages.troubles import Trouble
from auth.refusals import Refusal
from auth.registration.faults import Fault

_HEAD = """\
<!-- Printed from auth by `python -m gateway.errors.refusals_page > docs/partners/errors.md`; edit the words there. -->

# Errors of sign-on · 登录错误

Endpoints answer `{"error", "error_description", "error_description_zh"}` with the status below (RFC 6749 section 5.2).
The authorization endpoint sends the browser back to you with `error` and `error_description` in the address, beside
`state` and `iss`; there the status means nothing. Programs go by `error`; the words are for those who write them, may
become better, and never repeat what was sent. Errors of the graph are [others](../errors.md).

`temporarily_unavailable` comes with `Retry-After`: the same request may succeed later, though a ticket may be used up.
`use_dpop_nonce`, `authorization_pending` and `slow_down` are part of the way. Everything else stays wrong until
something is changed.

程序请依据 `error` 判断；`error_description` 供开发人员阅读。`temporarily_unavailable` 可稍后重试；`use_dpop_nonce`、
`authorization_pending`、`slow_down` 属于正常流程；其余错误须先修正再重试。
"""

_REGISTRATION = """\
## Registration · 客户端注册

`/oauth/register` answers status 400 with `invalid_redirect_uri` for `redirect_uris`, `invalid_client_metadata` for
everything else; the words begin with the name of the member that is wrong. `tongxin client create` says the same.

| English | 中文 |
|---|---|
"""

_PAGES = """\
## Pages · 页面

What a person sees where nobody can be sent back: the page names its code, so that somebody can tell you. For
`client_unknown` and `redirect_uri_unknown` look at your request first: both mean that it is not as registered.

| code | HTTP | English | 中文 |
|---|---|---|---|
"""


def refusals_page() -> str:
    """The whole page as Markdown."""
    by_code: dict[str, list[Refusal]] = {}
    for refusal in Refusal:
        by_code.setdefault(refusal.code, []).append(refusal)
    rows = [_row(f"`{one.code}`", one.status, one.en, one.zh) for code in sorted(by_code) for one in by_code[code]]
    refusals = _table("| error | HTTP | English | 中文 |\n|---|---|---|---|\n", rows)
    faults = _table(_REGISTRATION, (_row(fault.en, fault.zh) for fault in Fault))
    troubles = (
        _row(f"`{one.code}`", one.status, f"{one.en} {one.en_advice}", one.zh + one.zh_advice) for one in Trouble
    )
    return "\n".join([_HEAD, refusals, faults, _table(_PAGES, troubles)])


def _table(head: str, rows: Iterable[str]) -> str:
    return head + "".join(f"{row}\n" for row in rows)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(refusals_page())
