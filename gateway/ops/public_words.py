"""What everybody is told of a platform: how it is, and nothing of how we are built."""

LEVELS = {"ok": 0, "warn": 1, "ill": 2}

SERVICE = {
    "ok": ("正常", "Works as it should."),
    "warn": ("部分功能可能缓慢或暂时不可用", "Parts of it may be slow or unavailable."),
    "ill": ("暂时不可用，其他服务不受影响", "Not available just now; the other services are not affected."),
}
WHOLE = {
    "ok": ("各项服务正常。", "All services work."),
    "warn": ("部分服务受到影响。", "Some services are affected."),
    "ill": ("部分服务暂时不可用。", "Some services are not available just now."),
}
SIGN_IN = ("暂时无法登录或提交，浏览不受影响。", "Signing in and sending do not work just now; reading does.")

EVERYTHING = ("各项服务同时受到影响", "All services were affected at once.")


def worse(one: str, other: str) -> str:
    """The worse of two levels."""
    return max(one, other, key=LEVELS.__getitem__)
