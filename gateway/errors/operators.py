"""Words for what ``/ops`` refuses."""

from gateway.errors.entry import Entry

OPERATORS = (
    Entry(
        "OPERATOR_SIGN_IN_NEEDED",
        "Sign in with an account that holds the role ops.",
        "请使用具有运维角色（ops）的账号登录。",
        status=401,
    ),
    Entry(
        "OPERATOR_ROLE_NEEDED",
        "This account does not hold the role ops; another operator can give it.",
        "该账号没有运维角色（ops），可由其他运维人员授予。",
        status=403,
    ),
    Entry(
        "OPERATOR_FACTOR_NEEDED",
        "Prove the second factor in this browser first (/login/factor).",
        "请先在此浏览器完成第二验证要素（/login/factor）。",
        status=403,
    ),
    Entry(
        "OPERATOR_FACTOR_OLD",
        "The second factor was proved too long ago for this; prove it again (/login/factor).",
        "第二验证要素的验证时间过久，请重新验证（/login/factor）。",
        status=403,
    ),
    Entry(
        "OPERATOR_FROM_ELSEWHERE",
        "Acts are taken from this gateway's own page only.",
        "只接受由本网关页面发出的操作。",
        status=403,
    ),
    Entry(
        "OPERATOR_ACT_UNKNOWN",
        "There is no such act, or it lacks something: {reason}",
        "没有该操作，或缺少参数：{reason}",
        status=400,
    ),
    Entry(
        "OPERATOR_PLATFORM_UNKNOWN",
        "This gateway stands before no platform of that name.",
        "网关未接入该名称的平台。",
        status=404,
    ),
    Entry(
        "OPERATOR_ACT_REFUSED",
        "It cannot be done now: {reason}",
        "当前无法执行：{reason}",
        status=409,
    ),
    Entry(
        "OPERATOR_TOO_MANY",
        "Too many pages listen to this already; close one.",
        "同时查看的页面过多，请关闭一些。",
        retryable=True,
        status=429,
    ),
    Entry(
        "OPERATOR_STORE_AWAY",
        "The gateway's database is away, so nobody can be recognised and nothing ordered; try again in a few seconds.",
        "网关的数据库无法访问，暂时无法识别身份或下达操作，请几秒后再试。",
        retryable=True,
        status=503,
    ),
)
