"""The login's page: choose who to be, or decline."""

from collections.abc import Mapping, Sequence
from html import escape

from starlette.responses import Response

from connectors.duty.sandbox.oidc.accounts import LoginAccount
from connectors.sandbox.html import page

_SHOWN = 40
_CHOICE = """
<p>沙箱环境，以下人物均为虚构。</p>
<form method="get" role="search">{hidden}
<label for="q">按姓名或编号查找</label><input type="search" id="q" name="q" value="{q}"> <button>查找</button></form>
<form method="get">{hidden}
<fieldset><legend>选择登录人（显示 {shown} 人，共 {total} 人）</legend>{people}</fieldset>
<p><button>登录</button></p></form>
<form method="get">{hidden}<p><button name="decline" value="1">取消</button></p></form>
"""


def choice(accounts: Mapping[str, LoginAccount], request: Mapping[str, str], wanted: str) -> Response:
    """The page; ``request`` is carried along, ``wanted`` looked for in names and ids."""
    found = [account for account in accounts.values() if wanted in account.person.name or wanted in account.person.id]
    people = found if wanted else _sample(found)
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in request.items()
    )
    body = _CHOICE.format(
        hidden=hidden,
        q=escape(wanted),
        shown=min(len(people), _SHOWN),
        total=len(accounts),
        people="".join(map(_row, people[:_SHOWN])),
    )
    return page("履职服务综合平台 · 登录", body)


def _sample(accounts: Sequence[LoginAccount]) -> list[LoginAccount]:
    """Some of either kind."""
    members = [account for account in accounts if account.member_key]
    others = [account for account in accounts if not account.member_key]
    return [*members[: _SHOWN // 2], *others[: _SHOWN // 2]]


def _row(account: LoginAccount) -> str:
    key, kind = escape(account.person.id), "政协委员" if account.member_key else "工作人员"
    text = f"{escape(account.person.name)}（{kind}，{key}）"
    return f'<label><input type="radio" name="person" value="{key}" required> {text}</label>'
