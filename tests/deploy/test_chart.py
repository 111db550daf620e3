"""The Helm chart: its manifests are valid, confined, and match the settings of the services."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from copy import deepcopy

import kubernetes_validate
import pytest

from schemas.topics import CLEAN, RAW, app_id
from services.processing.stages import PARTS, STAGES
from services.settings import Settings
from tests.deploy.chart import (
    CHART,
    LEAST,
    VALUES,
    Manifest,
    environment,
    of_kind,
    pod_specs,
    read,
    render,
)
from tests.deploy.files import ENVIRONMENT, IMAGE, ROOT

SOURCES = {"cleaning": RAW, "tagging": CLEAN}
CUSTOM = {"monitoring.coreos.com/v1", "keda.sh/v1alpha1"}


@pytest.mark.parametrize("version", ["oldest", "newest"])
def test_manifests_are_valid_for_the_oldest_and_the_newest_kubernetes(
    manifests: list[Manifest], version: str
) -> None:
    """Checked by the schemas of Kubernetes, which reject unknown fields."""
    oldest = re.sub(r"^>=(\d+\.\d+)\..*", r"\1", read(CHART / "Chart.yaml")["kubeVersion"])
    wanted = oldest if version == "oldest" else kubernetes_validate.latest_version()

    for manifest in manifests:
        if manifest["apiVersion"] not in CUSTOM:
            kubernetes_validate.validate(manifest, wanted, strict=True)
            spoilt = {**manifest, "misspelt": True}
            with pytest.raises(kubernetes_validate.ValidationError):
                kubernetes_validate.validate(spoilt, wanted, strict=True)


def test_custom_resources_are_valid_for_their_operators(everything: list[Manifest]) -> None:
    """Checked by the schemas of KEDA and the Prometheus Operator, which allow no unknown fields."""
    custom = [manifest for manifest in everything if manifest["apiVersion"] in CUSTOM]
    spoilt = deepcopy(custom)
    for manifest in spoilt:
        manifest["spec"]["misspelt"] = True

    found = schema_errors(custom + spoilt)

    kinds = {manifest["kind"] for manifest in custom}
    assert kinds == {"ServiceMonitor", "PrometheusRule", "ScaledObject", "TriggerAuthentication"}
    assert [one for one in found if "misspelt" not in one] == []
    assert len(found) == len(spoilt)


def schema_errors(resources: list[Manifest]) -> list[str]:
    folder = ROOT / ".newsloom" / "node"
    if not (folder / "node_modules" / "@kubernetes-models").exists():
        pytest.skip("the npm packages are not installed: make test-tools")
    # Node looks for packages in the folder of the script.
    script = shutil.copy(ROOT / "tests" / "node" / "resources.mjs", folder)
    done = subprocess.run(
        ["node", str(script)],  # noqa: S607 - the installed Node
        input=json.dumps(resources),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_every_part_runs_and_the_topics_are_created_first(manifests: list[Manifest]) -> None:
    specs = pod_specs(manifests)
    (job,) = of_kind(manifests, "Job").values()

    assert set(specs) == {*PARTS, "topics"}
    for part in PARTS:
        assert specs[part]["containers"][0]["args"] == ["run", part]
    assert specs["topics"]["containers"][0]["args"] == ["topics", "create"]
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert list(of_kind(manifests, "StatefulSet")) == ["news-newsloom-dedup"]


def test_pods_are_confined(manifests: list[Manifest]) -> None:
    user = int(IMAGE[-1].of("USER")[-1].rest.split(":")[0])
    for spec in pod_specs(manifests).values():
        (container,) = spec["containers"]
        assert spec["automountServiceAccountToken"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["runAsUser"] == user
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
        assert {ENVIRONMENT["NEWSLOOM_HOME"], ENVIRONMENT["HOME"]} <= mounts
    for account in of_kind(manifests, "ServiceAccount").values():
        assert account["automountServiceAccountToken"] is False


def test_only_the_state_of_dedup_is_on_a_persistent_volume(manifests: list[Manifest]) -> None:
    specs = pod_specs(manifests)
    (dedup,) = of_kind(manifests, "StatefulSet").values()
    (claim,) = dedup["spec"]["volumeClaimTemplates"]

    assert claim["metadata"]["name"] == "state"
    for part, spec in specs.items():
        own = {volume["name"] for volume in spec["volumes"]}
        assert ("state" in own) is (part != "dedup")


def test_workers_have_probes_and_time_to_drain(manifests: list[Manifest]) -> None:
    port = int(ENVIRONMENT["NEWSLOOM_HTTP_PORT"])
    for part, spec in pod_specs(manifests).items():
        (container,) = spec["containers"]
        drain = int(environment(spec)["NEWSLOOM_DRAIN_SECONDS"])
        assert spec["terminationGracePeriodSeconds"] >= drain + 20
        if part == "topics":
            continue
        assert container["ports"] == [{"name": "metrics", "containerPort": port}]
        for probe, path in (
            ("startup", "/livez"),
            ("liveness", "/livez"),
            ("readiness", "/readyz"),
        ):
            assert container[f"{probe}Probe"]["httpGet"] == {"path": path, "port": "metrics"}


def test_every_container_has_resource_requests_and_a_memory_limit(
    manifests: list[Manifest],
) -> None:
    for spec in pod_specs(manifests).values():
        resources = spec["containers"][0]["resources"]
        assert set(resources["requests"]) == {"cpu", "memory"}
        assert set(resources["limits"]) == {"memory"}


def test_workers_that_the_poison_limit_stopped_are_not_restarted(manifests: list[Manifest]) -> None:
    held = {
        name
        for name, spec in pod_specs(manifests).items()
        if environment(spec).get("NEWSLOOM_POISON_HOLD") == "true"
    }
    assert {name.rpartition("-")[2] for name in held} == set(STAGES)


def test_the_share_of_traces_is_given_to_a_parent_based_sampler(everything: list[Manifest]) -> None:
    for spec in pod_specs(everything).values():
        found = environment(spec)
        assert found["OTEL_TRACES_SAMPLER"] == "parentbased_traceidratio"
        assert found["OTEL_TRACES_SAMPLER_ARG"] == "0.25"


def test_the_workers_accept_the_settings_of_the_chart(
    manifests: list[Manifest], monkeypatch: pytest.MonkeyPatch
) -> None:
    sampler = {"OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"}
    for spec in pod_specs(manifests).values():
        (container,) = spec["containers"]
        names = [one["name"] for one in container["env"]]
        assert len(set(names)) == len(names)
        known = {f"NEWSLOOM_{name.upper()}" for name in Settings.model_fields}
        assert set(names) <= known | {"OTEL_EXPORTER_OTLP_ENDPOINT"} | sampler
        with monkeypatch.context() as patch:
            for name in names:
                patch.setenv(name, environment(spec).get(name, "from-a-secret"))
            Settings()


def test_secrets_are_referenced_and_mounted_and_never_rendered(everything: list[Manifest]) -> None:
    """Each part uses its own user if the values name one."""
    specs = pod_specs(everything)
    wanted = dict.fromkeys(PARTS, "kafka-workers") | {
        "cleaning": "kafka-cleaning",
        "topics": "kafka-operator",
    }

    assert not of_kind(everything, "Secret")
    for part, spec in specs.items():
        (volume,) = [one for one in spec["volumes"] if one["name"] == "kafka"]
        (user,) = [one for one in spec["containers"][0]["env"] if "valueFrom" in one]
        assert volume["secret"]["secretName"] == wanted[part]
        assert user["valueFrom"]["secretKeyRef"] == {"name": wanted[part], "key": "username"}
        files = {f"/etc/newsloom/kafka/{item['path']}" for item in volume["secret"]["items"]}
        paths = {v for k, v in environment(spec).items() if k.endswith("_FILE")}
        assert files == paths
        assert len(files) == len({"password", "ca", "certificate", "key", "key password"})
    for name, auth in of_kind(everything, "TriggerAuthentication").items():
        names = {one["name"] for one in auth["spec"]["secretTargetRef"]}
        assert names == {wanted[name.removeprefix("news-newsloom-")]}


def test_autoscaling_uses_the_lag_of_the_consumer_group(
    everything: list[Manifest],
) -> None:
    targets = of_kind(everything, "Deployment")
    found = of_kind(everything, "ScaledObject")

    assert set(found) == {f"news-newsloom-{part}" for part in SOURCES}
    for part, source in SOURCES.items():
        spec = found[f"news-newsloom-{part}"]["spec"]
        trigger = spec["triggers"][0]["metadata"]
        assert "replicas" not in targets[spec["scaleTargetRef"]["name"]]["spec"]
        assert trigger["consumerGroup"] == app_id(part, "second")
        assert trigger["topic"] == f"{source.name}.second"
        assert trigger["sasl"] == "scram_sha512"
        assert trigger["tls"] == "enable"
        assert spec["triggers"][0]["authenticationRef"]["name"] in of_kind(
            everything, "TriggerAuthentication"
        )


def test_without_autoscaling_the_values_set_the_number_of_pods() -> None:
    deployments = of_kind(render(LEAST), "Deployment")

    for part in SOURCES:
        replicas = deployments[f"news-newsloom-{part}"]["spec"]["replicas"]
        assert replicas == VALUES[part]["replicas"]


def test_selectors_find_the_pods(manifests: list[Manifest]) -> None:
    pods = {
        part: manifest["spec"]["template"]["metadata"]["labels"]
        for manifest in manifests
        if (part := manifest["metadata"]["labels"].get("app.kubernetes.io/component"))
        and "template" in manifest["spec"]
    }

    def selected(selector: dict[str, str]) -> set[str]:
        return {part for part, labels in pods.items() if selector.items() <= labels.items()}

    (policy,) = of_kind(manifests, "NetworkPolicy").values()
    (service,) = of_kind(manifests, "Service").values()
    assert selected(policy["spec"]["podSelector"]["matchLabels"]) == {*PARTS, "topics"}
    assert selected(service["spec"]["selector"]) >= set(PARTS)
    for kind in ("Deployment", "StatefulSet", "PodDisruptionBudget"):
        for manifest in of_kind(manifests, kind).values():
            part = manifest["metadata"]["labels"]["app.kubernetes.io/component"]
            assert selected(manifest["spec"]["selector"]["matchLabels"]) == {part}
    for monitor in of_kind(manifests, "ServiceMonitor").values():
        labels = service["metadata"]["labels"]
        assert monitor["spec"]["selector"]["matchLabels"].items() <= labels.items()
        assert monitor["spec"]["endpoints"][0]["port"] == service["spec"]["ports"][0]["name"]
        assert labels[monitor["spec"]["jobLabel"]] == "newsloom"
    budgets = of_kind(manifests, "PodDisruptionBudget")
    assert set(budgets) == {f"news-newsloom-{stage}" for stage in STAGES}


def test_rules_and_dashboards_are_the_files_of_deploy(everything: list[Manifest]) -> None:
    """There is one copy: the files of the chart are symbolic links."""
    (rule,) = of_kind(everything, "PrometheusRule").values()
    boards = {
        name: content
        for config in of_kind(everything, "ConfigMap").values()
        for name, content in config["data"].items()
    }
    sources = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))

    assert rule["spec"] == read(ROOT / "deploy" / "prometheus" / "rules.yml")
    assert sources
    assert {path.name for path in sources} == set(boards)
    for path in sources:
        assert json.loads(boards[path.name]) == json.loads(path.read_text())
    assert all(path.is_symlink() for path in (CHART / "files").iterdir())
