"""How well something is, as it looks: a word and a mark each, since colour alone tells too few people."""

import enum

from connectors.causes import CauseKind
from connectors.records.health import ConnectorStatus
from gateway.ops.shapes import PlatformTold


class Level(enum.Enum):
    """The value is the level's name in the picture and in the style sheet: mark, Chinese, English."""

    OK = ("ok", "✓", "正常", "Up")
    WARN = ("warn", "!", "部分异常", "Degraded")
    ILL = ("ill", "✕", "不可用", "Down")
    OFF = ("off", "–", "未配置", "Not set up")

    def __init__(self, css: str, mark: str, zh: str, en: str) -> None:
        self.css, self.mark, self.zh, self.en = css, mark, zh, en


_OF_STATUS = {ConnectorStatus.UP: Level.OK, ConnectorStatus.DEGRADED: Level.WARN, ConnectorStatus.DOWN: Level.ILL}


def level_named(name: str) -> Level:
    """By the name the picture has for it; what is not known there is worth a look."""
    return next((level for level in Level if level.css == name), Level.WARN)


def level_of(platform: PlatformTold) -> Level:
    """A platform's; one that is held by hand is not well, however well it would answer."""
    if is_off(platform):
        return Level.OFF
    level = _OF_STATUS[ConnectorStatus(platform.status)]
    return Level.WARN if level is Level.OK and platform.cause is not None else level


def is_off(platform: PlatformTold) -> bool:
    """Whether nobody set it up: then nothing is wrong with it."""
    return platform.cause is not None and platform.cause.kind == CauseKind.NOT_CONFIGURED
