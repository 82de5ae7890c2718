"""The bus as the settings want it."""

from gateway.live.bus import Bus, MemoryBus
from gateway.live.settings import LiveSettings


def opened_bus(settings: LiveSettings) -> Bus:
    """The bus of one process; nothing is connected before it runs."""
    url = settings.redis_url.get_secret_value()
    if not url:
        return MemoryBus(settings.remember_events, settings.remember_s)
    from gateway.live.redis_bus import RedisBus  # noqa: PLC0415 - not loaded where none is used

    return RedisBus(url, settings.remember_events, settings.remember_s)
