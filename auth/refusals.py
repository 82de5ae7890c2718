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
        "请求体过大:最多 64 KiB、50 个参数。",
    )
    TOO_LATE = (
        "invalid_request",
        408,
        "The body did not arrive in time: send it at once.",
        "请求体未及时送达,请一次性发送。",
    )
    REPEATED = ("invalid_request", 400, "Send every parameter only once.", "每个参数只能出现一次。")
    INCOMPLETE = (
        "invalid_request",
        400,
        "A required parameter is missing: see the documentation of the grant type.",
        "缺少必需的参数,请参阅该授权类型的说明。",
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
        "Authenticate the client in one way: by HTTP Basic or in the body, not by both.",
        "客户端只能使用一种认证方式:HTTP Basic 或请求体,不可同时使用。",
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
        "请检查 client_id 与 client_secret,并使用客户端登记的认证方式。",
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
        "该客户端未登记此授权类型,请联系运维人员登记。",
    )
    TICKET_NOT_ALLOWED = (
        "unauthorized_client",
        400,
        "Have the operator register this kind of ticket for the client: it may only hand in those of its application.",
        "该客户端未登记此类票据,只能提交本应用的票据,请联系运维人员登记。",
    )
    BAD_TICKET = (
        "invalid_grant",
        400,
        "The ticket was used, has ended or belongs to another application: get a new one from the platform.",
        "票据已使用、已过期或不属于本应用,请从平台重新获取。",
    )
    BAD_SCOPE = (
        "invalid_scope",
        400,
        "Ask only for scopes that exist, that the client is registered with and that the person's roles allow.",
        "请只申请存在的、客户端已登记的且该用户角色允许的权限范围。",
    )
    BAD_TARGET = (
        "invalid_target",
        400,
        "Leave out resource and audience, or set them to this gateway's GraphQL address.",
        "请省略 resource 与 audience,或填写本网关的 GraphQL 地址。",
    )
    UNAVAILABLE = (
        "temporarily_unavailable",
        503,
        "The platform that knows the person cannot be reached: get a new ticket and try again in a moment.",
        "用户所在平台暂时无法访问,请稍后获取新票据再试。",
    )
    BUSY = (
        "temporarily_unavailable",
        503,
        "The gateway cannot reach its own store: try again in a moment.",
        "网关存储暂时不可用,请稍后再试。",
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
