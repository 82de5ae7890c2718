"""Codes of what a request shows to say who asks: access tokens, and the proofs that go with them."""

from gateway.errors.entry import Entry

CREDENTIALS = (
    Entry(
        "INVALID_TOKEN",
        "The access token is not valid or has ended. Renew it or sign in again.",
        "访问令牌无效或已过期，请续期或重新登录。",
        status=401,
    ),
    Entry(
        "DPOP_NEEDED",
        "This access token is bound to a key. Send it as Authorization: DPoP, with a proof in the header DPoP.",
        "该访问令牌已绑定密钥，请以 Authorization: DPoP 发送，并在请求头 DPoP 中携带证明。",
        status=401,
    ),
    Entry(
        "DPOP_NONCE_NEEDED",
        "The proof needs a fresh nonce. Send the request again with a new proof that has the nonce of the header "
        "DPoP-Nonce of this answer.",
        "证明需要新的 nonce，请用本次响应头 DPoP-Nonce 的值重新生成证明后再次发送。",
        status=401,
    ),
    Entry(
        "INVALID_DPOP_PROOF",
        "The proof in the header DPoP is missing, was used before or is not for this request. Send one new proof with "
        "the right method, address, time and token digest, signed by the token's key.",
        "请求头 DPoP 中的证明缺失、已使用或不是为本次请求签发，请用令牌绑定的密钥重新签发，方法、地址、时间和令牌摘要"
        "须正确。",
        status=401,
    ),
    Entry(
        "AUTHORIZATION_NOT_SUPPORTED",
        "This kind of Authorization is not accepted. Send it once, with an access token as Bearer or DPoP, or not at "
        "all.",
        "不支持这种 Authorization，请只发送一个 Bearer 或 DPoP 访问令牌，或不发送该请求头。",
        status=401,
    ),
)
