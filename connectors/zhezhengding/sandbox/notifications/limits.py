"""How often an application may notify (wire-formats A6.1, F7): each limit off unless set."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from connectors.sandbox.building import CHINA
from connectors.zhezhengding.sandbox.envelopes import FailedError
from connectors.zhezhengding.settings.working import NotifySandboxSettings

TOO_OFTEN = "MFH-B005-02-16-0003"
TOO_MANY_TODAY = "MFH-B005-02-16-0004"
SAME_CONTENT = "MFH-B005-02-16-0005"


class Limits:
    """Counts one application's notifications of the day; lives as long as the sandbox."""

    def __init__(self, settings: NotifySandboxSettings) -> None:
        self._settings = settings
        self._last = float("-inf")
        self._busy = 0
        self._day = ""
        self._today = 0
        self._to: Counter[str] = Counter()
        self._contents: set[tuple[str, str]] = set()

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Around a call; raises ``FailedError`` while another is under way, where that is a limit."""
        if self._busy and not self._settings.parallel:
            raise FailedError(TOO_OFTEN, "调用过于频繁，请勿并发调用")
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1

    def pass_through(self, msg: str, receivers: Sequence[str], now: float) -> None:
        """Count one more; raises ``FailedError``, having counted nothing, where a limit is met."""
        self._begin_day(now)
        content = hashlib.sha256(msg.encode()).hexdigest()
        self._refuse(content, receivers, now)
        self._last = now
        self._today += len(receivers)
        self._to.update(receivers)
        self._contents |= {(content, receiver) for receiver in receivers}

    def _refuse(self, content: str, receivers: Sequence[str], now: float) -> None:
        limits = self._settings
        if 0 <= now - self._last < limits.min_interval_s:  # below 0 the clock was turned back since
            raise FailedError(TOO_OFTEN, "调用过于频繁，请稍后再试")
        if limits.daily and self._today + len(receivers) > limits.daily:
            raise FailedError(TOO_MANY_TODAY, "超出当日发送上限")
        if limits.daily_per_person and any(self._to[one] >= limits.daily_per_person for one in receivers):
            raise FailedError(TOO_MANY_TODAY, "超出当日对单个用户的发送上限")
        if limits.once_a_day and any((content, one) in self._contents for one in receivers):
            raise FailedError(SAME_CONTENT, "同一内容同一用户一天只能发送一次")

    def _begin_day(self, now: float) -> None:
        day = datetime.fromtimestamp(now, UTC).astimezone(CHINA).date().isoformat()
        if day != self._day:
            self._day, self._today = day, 0
            self._to.clear()
            self._contents.clear()
