"""What the Helm chart promises, read from what Helm made of it; that this is what Helm makes is told by ``make verify``."""

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from gateway.platforms import PLATFORMS
from gateway.settings import load_settings
from tests.docker.chart_files import CASES, CHART, NAMES, ROOT, head, values_of

SCHEMA = Draft7Validator(json.loads((CHART / "values.schema.json").read_text()))
DEFAULTS: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text())
GRACEFUL_SECONDS = re.compile(r"timeout_graceful_shutdown=(\d+)")


def manifests(case: str) -> dict[str, dict[str, Any]]:
    """By kind; there is one of each."""
    return {one["kind"]: one for one in yaml.safe_load_all((CASES / f"{case}.yaml").read_text())}


def pod(case: str) -> dict[str, Any]:
    """The pod that the Deployment makes."""
    found: dict[str, Any] = manifests(case)["Deployment"]["spec"]["template"]["spec"]
    return found


@pytest.mark.parametrize("case", NAMES)
def test_what_is_read_here_was_made_of_this_chart(case: str) -> None:
    """Whoever changes the chart renders it again (tests/verify/chart-tools/render.py)."""
    assert (CASES / f"{case}.yaml").read_text().startswith(head())


def test_there_is_one_of_each_kind() -> None:
    """As few as do, and more where it is switched on; without autoscaling the number of replicas is said."""
    least = {
        "Deployment",
        "Service",
        "ServiceAccount",
        "PodDisruptionBudget",
        "HorizontalPodAutoscaler",
        "NetworkPolicy",
    }

    assert set(manifests("least")) == least
    assert set(manifests("most")) == least - {"HorizontalPodAutoscaler"} | {"Ingress", "ServiceMonitor"}
    assert "replicas" not in manifests("least")["Deployment"]["spec"]
    assert manifests("most")["Deployment"]["spec"]["replicas"] == 3
    assert manifests("least")["HorizontalPodAutoscaler"]["spec"]["minReplicas"] >= 2


@pytest.mark.parametrize("case", NAMES)
def test_all_speak_of_the_same_pods(case: str) -> None:
    """Service, budget, policy and Deployment select by the labels that the pods bear."""
    made = manifests(case)
    labels = made["Deployment"]["spec"]["template"]["metadata"]["labels"]
    selectors = [
        made["Service"]["spec"]["selector"],
        made["Deployment"]["spec"]["selector"]["matchLabels"],
        made["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        made["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
        *(one["labelSelector"]["matchLabels"] for one in pod(case)["topologySpreadConstraints"]),
    ]

    assert all(selector and selector.items() <= labels.items() for selector in selectors)
    assert all(one["metadata"]["name"] == "tongxin" for one in made.values())


@pytest.mark.parametrize("case", NAMES)
def test_a_pod_may_do_as_little_as_it_needs(case: str) -> None:
    """Nobody in particular, as in the image; nothing is written but to folders that end with it; no token of the cluster."""
    spec = pod(case)
    (container,) = spec["containers"]
    user = re.findall(r"^USER (\d+):", (ROOT / "docker" / "Dockerfile").read_text(), re.MULTILINE)[-1]

    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] == int(user)
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    writable = [mount["name"] for mount in container["volumeMounts"] if not mount.get("readOnly")]
    assert all("emptyDir" in volumes[name] for name in writable)
    assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("case", NAMES)
def test_probes_ask_what_the_gateway_answers(case: str) -> None:
    """At the port that the image listens on; a platform's illness never ends a pod."""
    (container,) = pod(case)["containers"]
    app = (ROOT / "gateway" / "app.py").read_text()
    paths = {name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "liveness", "readiness")}

    assert paths == {"startup": "/health/live", "liveness": "/health/live", "readiness": "/health/ready"}
    assert all(f'Route("{path}"' in app for path in paths.values())
    assert [port["containerPort"] for port in container["ports"]] == [8000]
    assert "EXPOSE 8000" in (ROOT / "docker" / "Dockerfile").read_text()
    assert "TONGXIN_PORT:-8000" in (ROOT / "docker" / "start-gateway").read_text()


@pytest.mark.parametrize("case", NAMES)
def test_a_pod_may_take_longer_to_end_than_it_takes(case: str) -> None:
    """It waits until nobody sends to it any more, then ends what is under way; killed only after both."""
    spec = pod(case)
    (container,) = spec["containers"]
    _, waits = container["lifecycle"]["preStop"]["exec"]["command"]
    graceful = GRACEFUL_SECONDS.search((ROOT / "gateway" / "cli" / "serve.py").read_text())

    assert graceful is not None
    assert spec["terminationGracePeriodSeconds"] >= int(waits) + int(graceful[1]) + 10
    assert int(waits) > container["readinessProbe"]["periodSeconds"]
    assert manifests(case)["Deployment"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


@pytest.mark.parametrize("case", NAMES)
def test_what_is_set_are_settings(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gateway takes each variable."""
    (container,) = pod(case)["containers"]
    given = {one["name"]: one["value"] for one in container["env"] if one["name"] != "TONGXIN_SECRETS_DIR"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    settings = load_settings(PLATFORMS)

    assert settings.auth.issuer == "https://tongxin.example.cn"
    assert settings.edge.trusted_proxies == tuple(values_of(case).get("trustedProxies", ()))


def test_an_operator_of_prometheus_finds_the_job_that_rules_ask_for() -> None:
    """With the token that the gateway asks for, out of the same Secret."""
    (endpoint,) = manifests("most")["ServiceMonitor"]["spec"]["endpoints"]

    assert endpoint["relabelings"] == [{"targetLabel": "job", "replacement": "tongxin-gateway"}]
    assert endpoint["authorization"]["credentials"] == {"name": "tongxin", "key": "tongxin_ops__metrics_token"}
    assert 'job="tongxin-gateway"' in (ROOT / "docker" / "prometheus" / "rules" / "gateway.yml").read_text()


@pytest.mark.parametrize("case", NAMES)
def test_values_that_are_right_are_taken(case: str) -> None:
    """Beside the defaults."""
    assert list(SCHEMA.iter_errors(DEFAULTS | values_of(case))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://tongxin.example.cn"},
        {"issuer": "https://tongxin.example.cn/path"},
        {"secretName": ""},
        {"settings": {"TONGXIN_AUTH__SECRET": "in the open"}},
        {"settings": {"OTHER": "x"}},
        {"settings": {"TONGXIN_PORT": 8000}},
        {"replicas": 0},
        {"stop": {"waitSeconds": 5, "graceSeconds": 3}},
        {"ingress": {"enabled": True, "host": ""}},
        {"unheard": True},
    ],
    ids=str,
)
def test_values_that_are_wrong_are_refused(wrong: dict[str, Any]) -> None:
    """Before anything is installed."""
    assert list(SCHEMA.iter_errors(DEFAULTS | values_of("least") | wrong)) != []


def test_every_value_has_its_schema() -> None:
    """And nothing is described that there is not."""
    assert set(DEFAULTS) == set(SCHEMA.schema["properties"]) - {"global"}


def test_the_charts_version_is_the_packages() -> None:
    """What is installed unless another image is named."""
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())

    assert f'version = "{chart["appVersion"]}"' in (ROOT / "pyproject.toml").read_text()
