"""How long a grant lives."""

from datetime import datetime, timedelta

from auth.client import Client
from auth.settings import AuthSettings


class Lifetimes:
    """Reckons with the settings; pure."""

    def __init__(self, settings: AuthSettings) -> None:
        self._settings = settings
        self.code = timedelta(seconds=settings.grant.code_s)
        self.session_idle = timedelta(seconds=settings.session.idle_s)
        self.noted_every = min(timedelta(seconds=60), self.session_idle / 20)
        self.grace = timedelta(seconds=settings.grant.refresh_grace_s)
        self._idle = timedelta(seconds=settings.grant.refresh_idle_s)
        self._lifetime = timedelta(seconds=settings.grant.refresh_lifetime_s)
        self._session = timedelta(seconds=settings.session.lifetime_s)

    def refreshable(
        self, moment: datetime, *, begun_at: datetime, offline: bool, session_ends_at: datetime | None
    ) -> datetime:
        """Until when a grant lives whose refresh token was given out at ``moment``.

        Unless it is ``offline``, not longer than its browser session, or as one might live where there is none.
        """
        ends = [moment + self._idle, begun_at + self._lifetime]
        if not offline:
            ends.append(session_ends_at or begun_at + self._session)
        return min(ends)

    def unrefreshable(self, moment: datetime, client: Client) -> datetime:
        """Until when a grant lives that has only an access token."""
        return moment + timedelta(seconds=client.access_token_lifetime or self._settings.access_token_lifetime)
