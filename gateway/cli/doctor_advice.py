"""What to mend when a step of ``tongxin doctor`` failed: one table, by the step and the kind of error.

A kind is the error's class in a word (``connectors.metering.outcome_of``). What stands under no step holds for all;
``{section}`` is the platform's section in the settings, ``{page}`` its page in ``docs/platforms``.
"""

from collections.abc import Mapping
from typing import NamedTuple

from connectors.checkup import Step
from connectors.errors import PlatformError
from connectors.metering import kind_of
from gateway.execution.operation import Language


class Words(NamedTuple):
    """What is said, in each language."""

    en: str
    zh: str

    def within(self, language: Language) -> str:
        """In that one."""
        return self.zh if language is Language.ZH else self.en


class Advice(NamedTuple):
    """What to mend after that kind of error, at that step or at any."""

    step: Step | None
    kind: str
    en: str
    zh: str


STEPS: Mapping[Step, Words] = {
    Step.CONFIGURED: Words("credentials", "凭证配置"),
    Step.REACH: Words("reach", "网络连通"),
    Step.CLOCK: Words("clock", "时钟"),
    Step.SIGNATURE: Words("signature", "签名"),
    Step.TOKEN: Words("token", "应用令牌"),
    Step.RANGE: Words("authorised range", "授权范围"),
    Step.READ: Words("one read", "试读"),
}

CLOCK = Words(
    "The clocks differ. Calls are signed by the platform's clock, so they go through; still set this machine's "
    "clock by NTP (timedatectl), and if it is right, tell the platform's operator.",
    "两边时钟不一致。网关会按平台的时钟签名，调用仍可通过；请用 NTP 校准本机时钟（timedatectl），如本机无误，"
    "请告知平台运维。",
)

TABLE = (
    Advice(
        None,
        "not_configured",
        "Nobody has set this platform up: fill in section [{section}] (docs/settings.md); {page} says what to ask "
        "for and where it goes. If it is to be its sandbox, run this with --sandbox.",
        "尚未配置该平台：请填写 [{section}] 一节（docs/settings.md），需向平台申请的内容见 {page}。"
        "如仍使用沙箱，请加上 --sandbox 运行。",
    ),
    Advice(
        None,
        "unreachable",
        "Nothing answers at {section}.base_url, or it hangs up at once. Check host and port, DNS, the way out "
        "(firewall, VPN) and whether the platform lets this machine's address in. On the sandbox: is it running?",
        "{section}.base_url 处无应答，或连接立即被断开。请核对主机与端口、域名解析、出口网络（防火墙、专线），"
        "以及平台是否已放行本机地址。如为沙箱，请确认其正在运行。",
    ),
    Advice(
        None,
        "too_slow",
        "No whole answer within {section}.timeout_ms. A firewall that drops packets looks like this, and so does a "
        "platform in trouble: try from another machine; raise the setting only if answers come, but late.",
        "在 {section}.timeout_ms 内没有完整应答。防火墙丢包或平台故障都会如此：请换一台机器再试；"
        "只有确认应答能到而偏慢时，才调大该设置。",
    ),
    Advice(
        None,
        "slow_down",
        "The platform says that we call too often. Wait a minute; if it happens again, ask its operator for a "
        "larger quota, and see whether another gateway runs with the same credentials.",
        "平台提示调用过于频繁。请一分钟后再试；如反复出现，请向平台申请更高额度，并检查是否有另一套网关使用同一凭证。",
    ),
    Advice(
        None,
        "refused_signature",
        "The platform does not take our credentials. Key and secret must belong together and to this address (test "
        "and production differ); look for blanks at their ends; the application may be disabled or not published.",
        "平台不接受网关的凭证。密钥与密文须配对且属于该地址所在的环境（测试与正式不同）；请检查首尾空格；"
        "应用可能被停用或尚未发布。",
    ),
    Advice(
        None,
        "not_allowed",
        "The platform knows the gateway and says no: this interface is not granted to the application. Ask for the "
        "right; {page} lists which ones are needed.",
        "平台认得网关，但未授予该接口的权限。请申请相应权限，所需清单见 {page}。",
    ),
    Advice(
        None,
        "not_found",
        "The platform answers, but not at this path. Check base_url and the paths in section [{section}]: a version "
        "or a component's code may differ in your registration.",
        "平台有应答，但没有这个路径。请核对 base_url 以及 [{section}] 一节中的路径："
        "版本号或组件编码可能与您的登记不同。",
    ),
    Advice(
        None,
        "rejected_input",
        "The platform does not take the harmless read. Check the codes in section [{section}] (tenant, components, "
        "scope) against your registration.",
        "平台拒绝了试读请求。请将 [{section}] 一节中的编码（租户、组件、授权范围）与登记信息核对。",
    ),
    Advice(
        None,
        "unexpected_answer",
        "Something answers, but not as the platform should: a proxy's or an error page, a failing platform (HTTP "
        "5xx), or another version of the interface. Check base_url; if it is right, tell the platform's operator "
        "the time.",
        "有应答，但不是平台应有的形式：可能是代理或错误页面、平台自身故障（HTTP 5xx），或接口版本不同。"
        "请核对 base_url；如无误，请将发生时间告知平台运维。",
    ),
    Advice(
        None,
        "sign_in_needed",
        "The platform takes no token, not even a new one. If it goes on for minutes, the platform is in trouble: "
        "tell its operator.",
        "平台不接受任何令牌，新申请的也不行。如持续数分钟，应为平台故障，请告知平台运维。",
    ),
    Advice(
        None,
        "circuit_open",
        "The platform failed too often just now and is not asked for a while. Run this again in a minute.",
        "平台刚才失败过多，暂停调用。请一分钟后再运行。",
    ),
    Advice(
        None,
        "outcome_unknown",
        "Run this again.",
        "请再运行一次。",
    ),
    Advice(
        Step.REACH,
        "unexpected_answer",
        "The address answers with an error of its own (HTTP 5xx or no HTTP at all): base_url may lead to a proxy or "
        "another service; if it is right, the platform itself is failing: tell its operator the time.",
        "该地址返回了自身的错误（HTTP 5xx，或根本不是 HTTP）：base_url 可能指向代理或别的服务；如无误，"
        "则平台自身故障，请将发生时间告知平台运维。",
    ),
    Advice(
        Step.SIGNATURE,
        "refused_signature",
        "The signature is not taken. Most often the secret is wrong, or belongs to another environment than "
        "base_url; then the clock (see above); then a difference in signing: try {section}'s signing settings, see "
        "{page}.",
        "签名未被接受。最常见的原因是密文有误，或与 base_url 不是同一环境；其次是时钟（见上）；"
        "再次是签名方式的差异，可调整 {section} 的签名设置，见 {page}。",
    ),
    Advice(
        Step.TOKEN,
        "refused_signature",
        "No token is given out, or it is not taken: the application's id and secret do not fit, the application is "
        "disabled, or the scope asked for is not granted to it. Compare section [{section}] with your registration.",
        "未能取得令牌，或令牌不被接受：应用标识与密文不符、应用被停用，或所申请的授权范围未授予。"
        "请将 [{section}] 一节与登记信息核对。",
    ),
    Advice(
        Step.RANGE,
        "not_allowed",
        "The application may read nothing of what it needs. Ask the platform's administrator to extend its "
        "authorised range (授权范围) to the committees and their directory, see {page}.",
        "应用的授权范围不含所需组织。请平台管理员将授权范围扩大到各级政协及其通讯录，见 {page}。",
    ),
    Advice(
        Step.RANGE,
        "not_found",
        "The authorised range is empty. Ask the platform's administrator to add the committees and their directory "
        "to it, see {page}.",
        "授权范围为空。请平台管理员将各级政协及其通讯录加入授权范围，见 {page}。",
    ),
    Advice(
        Step.READ,
        "refused_signature",
        "The credentials were taken before and are not for this read: tokens end too early, or this interface "
        "belongs to other credentials. Run this again; if it stays, ask the platform's operator, see {page}.",
        "此前凭证有效，但本次试读被拒绝：令牌过早失效，或该接口属于另一套凭证。请再运行一次；如仍如此，"
        "请联系平台运维，见 {page}。",
    ),
)

ADVICE: Mapping[tuple[Step | None, str], Words] = {(one.step, one.kind): Words(one.en, one.zh) for one in TABLE}


def step_words(step: Step, language: Language) -> str:
    """What people call the step."""
    return STEPS[step].within(language)


def advice(step: Step, error: PlatformError, language: Language, *, section: str, page: str) -> str:
    """What to mend; never empty: a kind without a row goes by the one it is a kind of."""
    for kind in type(error).__mro__:
        name = kind_of(kind)
        words = ADVICE.get((step, name)) or ADVICE.get((None, name))
        if words:
            break
    else:
        words = ADVICE[None, "unexpected_answer"]
    return words.within(language).format(section=section, page=page)
