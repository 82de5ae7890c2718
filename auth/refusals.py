"""Why the authorization server says no: OAuth's code, the status, and words that say what to do.

The words are for developers of clients, in both languages; they never repeat what was sent.
"""

import enum


class Refusal(enum.Enum):
    """Code (RFC 6749 section 5.2, RFC 8693 section 2.2.2), HTTP status, English, Chinese."""

    NOT_A_FORM = (
        "invalid_request",
        400,
        "Send the parameters as application/x-www-form-urlencoded in the body, in UTF-8.",
        "请将参数以 application/x-www-form-urlencoded 格式、UTF-8 编码放在请求体中。",
    )
    TOO_LARGE = (
        "invalid_request",
        413,
        "The body is too large: send at most 64 KiB and 50 parameters.",
        "请求体过大：最多 64 KiB、50 个参数。",
    )
    TOO_LATE = (
        "invalid_request",
        408,
        "The body did not arrive in time: send it at once.",
        "请求体未及时送达，请一次性发送。",
    )
    REPEATED = ("invalid_request", 400, "Send every parameter only once.", "每个参数只能出现一次。")
    INCOMPLETE = (
        "invalid_request",
        400,
        "A required parameter is missing: see the documentation of the grant type.",
        "缺少必需的参数，请参阅该授权类型的说明。",
    )
    UNSUPPORTED_PARAMETER = (
        "invalid_request",
        400,
        "Leave out actor_token, and ask for no other token type than an access token.",
        "请勿发送 actor_token;requested_token_type 只能是访问令牌。",
    )
    TWO_PROOFS = (
        "invalid_request",
        400,
        "Authenticate the client in one way: by HTTP Basic, a secret in the body or an assertion, not by two of them.",
        "客户端只能使用一种认证方式：HTTP Basic、请求体中的密钥或断言，不可同时使用。",
    )
    UNKNOWN_TICKET_TYPE = (
        "invalid_request",
        400,
        "Set subject_token_type to one that the metadata lists under subject_token_types_supported.",
        "subject_token_type 请使用元数据 subject_token_types_supported 中列出的值。",
    )
    BAD_CLIENT = (
        "invalid_client",
        401,
        "Check client_id and client_secret, and use the authentication method the client is registered with.",
        "请检查 client_id 与 client_secret，并使用客户端登记的认证方式。",
    )
    BAD_ASSERTION = (
        "invalid_client",
        401,
        "Sign a new client_assertion with a registered key: iss and sub client_id, aud the issuer, exp soon, jti new.",
        "请用已登记的密钥重新签发 client_assertion：iss、sub 为 client_id，aud 为 issuer，exp 在一小时内，jti 不重复。",
    )
    BAD_PROOF = (
        "invalid_dpop_proof",
        400,
        "Send one new proof in the header DPoP: right htm, htu and iat, a new jti, a public jwk, a listed algorithm.",
        "请在请求头 DPoP 中发送一个新的证明：htm、htu、iat 正确，jti 不重复，jwk 为公钥，算法在元数据所列范围内。",
    )
    NONCE_NEEDED = (
        "use_dpop_nonce",
        400,
        "Send the request again with a new proof whose nonce is that of the header DPoP-Nonce of this answer.",
        "请用本次响应头 DPoP-Nonce 的值作为 nonce，重新生成证明后再次发送请求。",
    )
    PROOF_MISSING = (
        "invalid_dpop_proof",
        400,
        "This client gets tokens only bound to a key: send a proof in the header DPoP (RFC 9449).",
        "该客户端只能获取绑定密钥的令牌，请在请求头 DPoP 中携带证明(RFC 9449)。",
    )
    NOT_YOUR_TOKEN = (
        "invalid_grant",
        400,
        "The token was given to another client: only that one can give it back.",
        "该令牌属于其他客户端，只能由其本身撤销。",
    )
    BAD_ACCESS_TOKEN = (
        "invalid_token",
        401,
        "Send a valid access token in the header Authorization: as DPoP where it is bound to a key, else as Bearer.",
        "请在请求头 Authorization 中发送一个有效的访问令牌；绑定密钥的令牌用 DPoP，其他用 Bearer。",
    )
    OPENID_NEEDED = (
        "insufficient_scope",
        403,
        "Use an access token of a person with the scope openid.",
        "请使用带有 openid 权限范围的用户访问令牌。",
    )
    UNKNOWN_GRANT = (
        "unsupported_grant_type",
        400,
        "Set grant_type to one that the metadata lists under grant_types_supported.",
        "grant_type 请使用元数据 grant_types_supported 中列出的值。",
    )
    GRANT_NOT_ALLOWED = (
        "unauthorized_client",
        400,
        "Have the operator register this grant type for the client.",
        "该客户端未登记此授权类型，请联系运维人员登记。",
    )
    TICKET_NOT_ALLOWED = (
        "unauthorized_client",
        400,
        "Have the operator register this kind of ticket for the client: it may only hand in those of its application.",
        "该客户端未登记此类票据，只能提交本应用的票据，请联系运维人员登记。",
    )
    BAD_TICKET = (
        "invalid_grant",
        400,
        "The ticket was used, has ended or belongs to another application: get a new one from the platform.",
        "票据已使用、已过期或不属于本应用，请从平台重新获取。",
    )
    BAD_SCOPE = (
        "invalid_scope",
        400,
        "Ask only for scopes that exist, that the client is registered with and that the person's roles allow.",
        "请只申请存在的、客户端已登记的且该用户角色允许的权限范围。",
    )
    FACTOR_NEEDED = (
        "insufficient_user_authentication",  # RFC 9470 section 3
        400,
        (
            "A scope asked for takes a second factor, which a ticket cannot prove: send the person to the "
            "authorization endpoint."
        ),
        "所申请的权限范围需要两步验证，票据无法证明，请让用户通过授权端点登录。",
    )
    BAD_TARGET = (
        "invalid_target",
        400,
        "Leave out resource and audience, or set them to this gateway's GraphQL address.",
        "请省略 resource 与 audience，或填写本网关的 GraphQL 地址。",
    )
    NO_REQUEST_OBJECTS = (
        "request_not_supported",
        400,
        "Leave out request: push the request to the address in pushed_authorization_request_endpoint instead.",
        "请勿使用 request 参数，可改用 pushed_authorization_request_endpoint 推送请求。",
    )
    NO_REQUEST_URIS = (
        "request_uri_not_supported",
        400,
        "Set request_uri only to what the pushed authorization request endpoint answered.",
        "request_uri 只能使用推送授权请求端点返回的值。",
    )
    NO_REGISTRATION = (
        "registration_not_supported",
        400,
        "Leave out registration: register the client first.",
        "请勿使用 registration 参数，请先登记客户端。",
    )
    MUST_BE_PUSHED = (
        "invalid_request",
        400,
        "This client must push its request first: see pushed_authorization_request_endpoint in the metadata.",
        "该客户端必须先推送授权请求，参见元数据 pushed_authorization_request_endpoint。",
    )
    PUSHED_REQUEST_USED = (
        "invalid_request_uri",
        400,
        "The pushed request was used already: push a new one.",
        "该推送请求已使用，请重新推送。",
    )
    BAD_REDIRECT_URI = (
        "invalid_request",
        400,
        "Set redirect_uri to one the client is registered with, character by character.",
        "redirect_uri 必须与客户端登记的地址逐字符一致。",
    )
    UNREADABLE_PARAMETER = (
        "invalid_request",
        400,
        "A parameter is too long (state 1024 characters, nonce 512; 1600 in all) or not printable ASCII.",
        "参数过长(state 最多 1024 个字符，nonce 512 个，合计 1600 个)或含有可打印 ASCII 以外的字符。",
    )
    BAD_RESPONSE_TYPE = (
        "unsupported_response_type",
        400,
        "Set response_type to code.",
        "response_type 只能为 code。",
    )
    BAD_RESPONSE_MODE = (
        "invalid_request",
        400,
        "Leave out response_mode, or set it to query.",
        "请省略 response_mode，或设为 query。",
    )
    NO_CHALLENGE = (
        "invalid_request",
        400,
        "Send a code_challenge: every client uses PKCE (RFC 7636).",
        "缺少 code_challenge：所有客户端都必须使用 PKCE(RFC 7636)。",
    )
    PLAIN_CHALLENGE = (
        "invalid_request",
        400,
        "Set code_challenge_method to S256.",
        "code_challenge_method 只能为 S256。",
    )
    BAD_CHALLENGE = (
        "invalid_request",
        400,
        "Set code_challenge to the SHA-256 digest of the verifier in base64url: 43 characters, no padding.",
        "code_challenge 应为 code_verifier 的 SHA-256 摘要的 base64url 编码：43 个字符，无填充。",
    )
    BAD_THUMBPRINT = (
        "invalid_request",
        400,
        "Set dpop_jkt to the SHA-256 thumbprint of the key (RFC 7638) in base64url: 43 characters, no padding.",
        "dpop_jkt 应为密钥的 SHA-256 指纹(RFC 7638)的 base64url 编码：43 个字符，无填充。",
    )
    WRONG_THUMBPRINT = (
        "invalid_request",
        400,
        "Leave out dpop_jkt, or set it to the thumbprint of the key that the DPoP proof shows.",
        "请省略 dpop_jkt，或填写 DPoP 证明所用密钥的指纹。",
    )
    BAD_PROMPT = (
        "invalid_request",
        400,
        "Set prompt to none, or to any of login, consent and select_account.",
        "prompt 只能为 none，或 login、consent、select_account 的组合。",
    )
    BAD_MAX_AGE = ("invalid_request", 400, "Set max_age to a number of seconds.", "max_age 应为秒数。")
    LOGIN_REQUIRED = (
        "login_required",
        400,
        "The person has to sign in: send them here without prompt=none.",
        "用户需要登录，请不带 prompt=none 重新发起。",
    )
    CONSENT_REQUIRED = (
        "consent_required",
        400,
        "The person has to agree first: send them here without prompt=none.",
        "需要用户同意授权，请不带 prompt=none 重新发起。",
    )
    INTERACTION_REQUIRED = (
        "interaction_required",
        400,
        "The person has to prove more: send them here without prompt=none.",
        "用户需要进一步验证身份，请不带 prompt=none 重新发起。",
    )
    LEVEL_NOT_REACHED = (
        "unmet_authentication_requirements",
        400,
        "The person signed in, but not at the level that acr_values asks for.",
        "用户已登录，但未达到 acr_values 要求的认证等级。",
    )
    DENIED = ("access_denied", 400, "The person said no.", "用户拒绝授权。")
    BAD_CODE = (
        "invalid_grant",
        400,
        "The code was used, has ended or belongs to another client: begin again at the authorization endpoint.",
        "授权码已使用、已过期或不属于该客户端，请从授权端点重新开始。",
    )
    WRONG_REDIRECT_URI = (
        "invalid_grant",
        400,
        "Set redirect_uri to the one the code was asked for with.",
        "redirect_uri 必须与申请授权码时一致。",
    )
    WRONG_VERIFIER = (
        "invalid_grant",
        400,
        "Set code_verifier to the one the code_challenge was made from: 43 to 128 unreserved characters.",
        "code_verifier 必须与 code_challenge 对应：43 至 128 个非保留字符。",
    )
    WRONG_KEY = (
        "invalid_grant",
        400,
        "Prove the key this was bound to: send a DPoP proof made with it.",
        "请使用所绑定的密钥发送 DPoP 证明。",
    )
    BAD_REFRESH_TOKEN = (
        "invalid_grant",
        400,
        "The refresh token was used, has ended or belongs to another client: let the person sign in again.",
        "刷新令牌已使用、已过期或不属于该客户端，请让用户重新登录。",
    )
    BAD_DEVICE_CODE = (
        "invalid_grant",
        400,
        "The device code is unknown, was used, or belongs to another client or key: ask for a new one.",
        "设备码未知、已使用，或属于其他客户端或密钥，请重新申请。",
    )
    DEVICE_PENDING = (
        "authorization_pending",
        400,
        "Nobody has decided yet: ask again after the interval.",
        "用户尚未确认，请按间隔时间稍后再查询。",
    )
    DEVICE_TOO_FAST = (
        "slow_down",
        400,
        "You ask too often: wait five seconds longer between two requests from now on.",
        "查询过于频繁，此后每次请多等待五秒。",
    )
    DEVICE_CODE_ENDED = (
        "expired_token",
        400,
        "The device code has ended: ask for a new one and show its user code.",
        "设备码已过期，请重新申请并显示新的用户码。",
    )
    DEVICE_DENIED = (
        "access_denied",
        400,
        "The person said no, or signed out before the device asked.",
        "用户已拒绝，或在设备查询前已退出登录。",
    )
    NOT_JSON = (
        "invalid_client_metadata",
        400,
        "Send the client's metadata as application/json in the body, in UTF-8.",
        "请将客户端元数据以 application/json 格式、UTF-8 编码放在请求体中。",
    )
    NOT_INVITED = (
        "invalid_token",
        401,
        (
            "Send the token in the header Authorization as Bearer: to register, an invitation that has uses and time "
            "left; afterwards, the latest registration_access_token of this client."
        ),
        (
            "请在请求头 Authorization 中以 Bearer 方式发送令牌：注册时使用仍有次数且未过期的邀请令牌；"
            "之后使用该客户端最新的 registration_access_token。"
        ),
    )
    NO_STATEMENTS = (
        "unapproved_software_statement",
        400,
        "Leave out software_statement: nobody's is approved here.",
        "请勿使用 software_statement，本服务器未认可任何软件声明。",
    )
    UNAVAILABLE = (
        "temporarily_unavailable",
        503,
        "The platform that knows the person cannot be reached: get a new ticket and try again in a moment.",
        "用户所在平台暂时无法访问，请稍后获取新票据再试。",
    )
    CROWDED = (
        "temporarily_unavailable",
        503,
        "Too many SM2 signatures wait to be verified: send the same request again in a moment.",
        "等待验证的 SM2 签名过多，请稍后重新发送同一请求。",
    )
    TOO_OFTEN = (
        "temporarily_unavailable",
        429,
        "Too many requests, or too many wrong ones, came from your address: wait as Retry-After says, ask less often.",
        "来自该地址的请求或错误请求过多，请按 Retry-After 等待后再试，并降低请求频率。",
    )
    BUSY = (
        "temporarily_unavailable",
        503,
        "The gateway cannot reach its own store: try again in a moment.",
        "网关存储暂时不可用，请稍后再试。",
    )

    def __init__(self, code: str, status: int, en: str, zh: str) -> None:
        self.code = code
        self.status = status
        self.en = en
        self.zh = zh


class OAuthError(Exception):
    """A request the authorization server refuses; the answer is made from the refusal, once, at the edge."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
