"""The pages of sandbox platforms: plain, in Chinese, usable without JavaScript."""

from starlette.responses import HTMLResponse, Response

NO_STORE = {"Cache-Control": "no-store"}
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{font:1.1rem/1.6 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}}
label{{display:block;padding:.3rem 0}}button,input[type=search]{{font:inherit;padding:.4rem 1rem}}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""


def page(title: str, body: str, status: int = 200) -> Response:
    """A page; ``body`` is HTML and must be escaped already."""
    return HTMLResponse(_PAGE.format(title=title, body=body), status, NO_STORE)


def error_page(words: str, status: int = 400) -> Response:
    """A page that leads nowhere."""
    return page("无法登录", f"<p>{words}</p>", status)
