"""The application's token and the people who come from inside the app (wire-formats A4.1, A4.2; F 3 and 5)."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from connectors.sandbox.world import Account, PersonSeed, World, opaque
from connectors.zhezhengding.sandbox.envelopes import FailedError, Refusal, refused, succeeded
from connectors.zhezhengding.sandbox.parameters import Parameters
from connectors.zhezhengding.sandbox.people import accounts_by_person
from connectors.zhezhengding.sandbox.verifying import WRONG_SECRET
from connectors.zhezhengding.settings import ZhezhengdingSettings

TOKEN_ENDED = "240133"  # noqa: S105 - a code
CODE_USED = "240111"
_CODE_SECONDS = 300.0
_MOST_CODES = 10_000


class Entrance:
    """Holds the one token and the login codes nobody has used yet; lives as long as the sandbox."""

    def __init__(self, settings: ZhezhengdingSettings, world: World, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._world = world
        self._clock = clock
        self._people = accounts_by_person(world)
        self._token = ""
        self._token_ends = 0.0
        self._codes: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def issue_code(self, person_id: str, form: str | None) -> str | None:
        """Give out a code as the app's bridge would; None for somebody without an account on the work app."""
        if form not in (None, "app"):
            raise ValueError("form: app")
        if person_id not in self._people:
            return None
        code = secrets.token_hex(16)
        self._codes[code] = (self._clock() + _CODE_SECONDS, person_id)
        if len(self._codes) > _MOST_CODES:
            self._codes.popitem(last=False)
        return code

    def gettoken_by_get(self, parameters: Parameters) -> Response:
        """The token; ``expiresIn`` is a number here."""
        return self._answer_token(parameters, self._settings.sandbox.token_seconds)

    def gettoken_by_post(self, parameters: Parameters) -> Response:
        """The token; ``expiresIn`` is a string here: the platform answers both."""
        return self._answer_token(parameters, str(self._settings.sandbox.token_seconds))

    def _answer_token(self, parameters: Parameters, expires_in: int | str) -> Response:
        """The headers prove the caller; parameters need not be sent, but must be right when they are."""
        key, secret = self._settings.appkey, self._settings.appsecret.get_secret_value()
        if parameters.get("appkey", key) != key or parameters.get("appsecret", secret) != secret:
            return refused(Refusal(WRONG_SECRET, "InvalidAppSecret"), self._settings.sandbox.refusal_status)
        now = self._clock()
        if now >= self._token_ends:
            self._token = f"app_{secrets.token_hex(16)}"
        self._token_ends = now + self._settings.sandbox.token_seconds  # asking again extends it
        return succeeded({"expiresIn": expires_in, "accessToken": self._token})

    def app_user(self, parameters: Parameters) -> Response:
        """Who handed in the code. The token is looked at first: a code refused for the token's sake stays good."""
        if self._clock() >= self._token_ends or parameters.get("access_token") != self._token:
            raise FailedError(TOKEN_ENDED, "accessToken invalid or expired")
        ends, person_id = self._codes.pop(parameters.get("auth_code"), (0.0, ""))
        if self._clock() >= ends:
            raise FailedError(CODE_USED, "code失效或不存在")
        return succeeded(self._account_row(*self._people[person_id]))

    def _account_row(self, person: PersonSeed, account: Account) -> dict[str, Any]:
        tenant = self._settings.tenant_id
        return {
            "accountId": account.account_id,
            "account": f"demo-{person.id}",
            "lastName": person.name,
            "nickNameCn": person.name,
            "employeeCode": account.employee_code,
            "realmId": tenant,
            "realmName": "演示租户",
            "tenantId": tenant,
            "tenantName": "演示租户",
            "tenantUserId": f"{tenant}${account.account_id}",
            "clientId": self._settings.appkey.partition("-")[0],
            "openid": opaque("openid", account.account_id, self._world.seed),
            "namespace": "local",
            "avatar": f"$avatar{account.account_id}",
            "referId": "",
        }
