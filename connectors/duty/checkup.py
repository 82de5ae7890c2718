"""How this platform is looked at from end to end (``tongxin doctor``)."""

from connectors.checkup import Check, Checkup, Step
from connectors.contracted.checkup import first_checks, read_check
from connectors.deadline import Deadline
from connectors.duty.client import DutyClient
from connectors.duty.proving import OAuthProof
from connectors.errors import NotAllowedError, NotConfiguredError
from connectors.transport import Transport

_LACKING = {
    "oauth": "base_url, client_id or client_secret is not set",
    "irs": "base_url, irs.access_key, irs.secret_key or irs.component is not set",
}
"""What is looked for, by the way the gateway proves itself."""


def checkup_of(client: DutyClient, transport: Transport) -> Checkup:
    """The steps, in order; with IRS signing a signature is looked at where else a token and its scopes are."""
    auth, proof = client.settings.auth, client.proof
    read = "a look at no studio"
    signs = _of_tokens(client, proof) if isinstance(proof, OAuthProof) else [read_check(client, Step.SIGNATURE, read)]
    first = first_checks(client, transport, lacking=_LACKING[auth], given=f"auth is {auth}")
    return (*first, *signs, read_check(client, Step.READ, read))


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
