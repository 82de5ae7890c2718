"""Signing in on a desktop with a QR code (wire-formats A1, A4.3, A4.5)."""

from pydantic import Field, SecretStr

from connectors.addresses import Address
from connectors.zhezhengding.settings.part import ADDRESS_OR_NONE, VISIBLE, Part


class QrSettings(Part):
    """The second key pair, which is for QR login alone. Without all four nobody signs in that way."""

    appkey: str = Field("", pattern=VISIBLE, description="the QR login's own key, given at registration")
    appsecret: SecretStr = Field(SecretStr(""), description="the QR login's own secret, given at registration")
    client_id: str = Field("", pattern=VISIBLE, description="the application's id for QR login, which ends in _dingoa")
    callback_url: Address = Field(
        "",
        pattern=ADDRESS_OR_NONE,
        description="where the QR page sends people back to; its domain must be the registered callback domain; where "
        "nothing is set, /login/zhezhengding/callback below auth.issuer",
    )

    @property
    def connected(self) -> bool:
        """Whether somebody can sign in this way."""
        return bool(self.appkey and self.appsecret.get_secret_value() and self.client_id and self.callback_url)
