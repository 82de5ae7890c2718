"""How this platform is looked at from end to end (``tongxin doctor``)."""

import httpx

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.duty.proving import OAuthProof
from connectors.errors import NotAllowedError, NotConfiguredError, UnexpectedAnswerError
from connectors.transport import Transport

_LACKING = {
    "oauth": "base_url, client_id or client_secret is not set",
    "irs": "base_url, irs.access_key, irs.secret_key or irs.component is not set",
}
"""What is looked for, by the way the gateway proves itself."""


def checkup_of(client: DutyClient, transport: Transport) -> Checkup:
    """The steps, in order; with IRS signing a signature is looked at where else a token and its scopes are."""
    settings, proof = client.settings, client.proof

    async def configured(_: Deadline) -> str:
        if not settings.connected:
            raise NotConfiguredError(client.platform, "configured", _LACKING[settings.auth])
        return f"address and credentials are set, auth is {settings.auth}"

    async def reach(deadline: Deadline) -> str:
        """Any HTTP answer will do, a refusal too."""
        if not settings.base_url:
            raise NotConfiguredError(client.platform, "reach")
        try:
            answer = await transport.send("reach", httpx.Request("GET", f"{settings.base_url}/"), deadline)
        except UnexpectedAnswerError as error:
            return error.detail
        return f"HTTP {answer.status}"

    async def read(deadline: Deadline) -> str:
        await client.probe(deadline)
        return "a look at no studio"

    found = [Check(Step.CONFIGURED, configured), Check(Step.REACH, reach), clock_check(transport.clock)]
    if isinstance(proof, OAuthProof):
        found += _of_tokens(client, proof)
    else:
        found.append(Check(Step.SIGNATURE, read))
    return (*found, Check(Step.READ, read))


def _of_tokens(client: DutyClient, proof: OAuthProof) -> list[Check]:
    async def token(deadline: Deadline) -> str:
        if not client.settings.connected:
            raise NotConfiguredError(client.platform, "token")
        await proof.token(deadline)
        return "given out"

    async def scopes(deadline: Deadline) -> str:
        """The scopes granted; raises ``NotAllowedError`` where one that was asked for is missing."""
        await token(deadline)
        asked = client.settings.scope.split()
        missing = [scope for scope in asked if proof.granted is not None and scope not in proof.granted]
        if missing:
            raise NotAllowedError(client.platform, "token", f"not granted: {' '.join(missing)}")
        return f"granted: {' '.join(asked)}"

    return [Check(Step.TOKEN, token), Check(Step.RANGE, scopes)]
