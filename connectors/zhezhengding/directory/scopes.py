"""What the platform lets the application read (授权范围)."""

from connectors.records.authorised_range import AuthorisedRange
from connectors.viewer import Ask
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.settings import ZhezhengdingSettings


class ZhezhengdingScopes:
    """Asks each time (port ``AuthorisedRangeSource``): it is for whoever looks after the gateway."""

    def __init__(self, settings: ZhezhengdingSettings, calls: DirectoryCalls) -> None:
        self._settings = settings
        self._calls = calls

    async def authorised_range(self, ask: Ask) -> AuthorisedRange:
        """Ask the platform; raises ``PlatformError``."""
        payload = await self._calls.scopes(ask.deadline.sooner(self._settings.timeout))
        return AuthorisedRange(
            unit_keys=tuple(payload.deptVisibleScopes or ()), employee_codes=tuple(payload.userVisibleScopes or ())
        )
