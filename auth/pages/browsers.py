"""Which browser a session is in, in words its owner knows it by."""

from auth.pages.view import View

# the first that fits: others pretend to be those further down
_PROGRAMS = (
    ("DingTalk", "钉钉", "DingTalk"),
    ("MicroMessenger", "微信", "WeChat"),
    ("AlipayClient", "支付宝", "Alipay"),
    ("HuaweiBrowser", "华为浏览器", "Huawei Browser"),
    ("MiuiBrowser", "小米浏览器", "Mi Browser"),
    ("QQBrowser", "QQ浏览器", "QQ Browser"),
    ("UCBrowser", "UC浏览器", "UC Browser"),
    ("Edg", "Edge", "Edge"),
    ("OPR/", "Opera", "Opera"),
    ("Firefox", "Firefox", "Firefox"),
    ("Chrome", "Chrome", "Chrome"),
    ("Safari", "Safari", "Safari"),
)
_SYSTEMS = (
    ("OpenHarmony", "鸿蒙", "HarmonyOS"),
    ("HarmonyOS", "鸿蒙", "HarmonyOS"),
    ("iPhone", "iPhone", "iPhone"),
    ("iPad", "iPad", "iPad"),
    ("Android", "安卓", "Android"),
    ("Windows", "Windows", "Windows"),
    ("Macintosh", "Mac", "Mac"),
    ("Linux", "Linux", "Linux"),
)


def told_browser(user_agent: str, view: View) -> str:
    """A browser by what it calls itself (RFC 9110 section 10.1.5), such as ``Chrome · Windows``."""
    found = [_first(names, user_agent, view) for names in (_PROGRAMS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or view.words("未知浏览器", "Unknown browser")


def _first(names: tuple[tuple[str, str, str], ...], user_agent: str, view: View) -> str | None:
    return next((view.words(zh, en) for mark, zh, en in names if mark in user_agent), None)
