"""The platforms this gateway stands in front of; the only place that names them."""

from connectors.command import COMMAND
from connectors.duty import DUTY
from connectors.platform import Platform
from connectors.zheliban import ZHELIBAN
from connectors.zhezhengding import ZHEZHENGDING

PLATFORMS: tuple[Platform, ...] = (ZHELIBAN, ZHEZHENGDING, DUTY, COMMAND)
