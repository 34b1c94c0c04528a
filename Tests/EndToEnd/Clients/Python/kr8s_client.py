"""Drives a simulated cluster with kr8s; the kubeconfig is the only argument."""

import sys

import kr8s
from kr8s.objects import ConfigMap, Deployment, Pod

api = kr8s.api(kubeconfig=sys.argv[1])
assert api.version()["gitVersion"] == "v1.36.2"
assert [node.name for node in api.get("nodes")] == ["node-1"]

# Create, patch, label, watch.
settings = ConfigMap({"metadata": {"name": "settings", "namespace": "default"}, "data": {"a": "1"}}, api=api)
settings.create()
settings.patch({"data": {"b": "2"}})
settings.label({"team": "shop"})
settings.refresh()
assert settings.data == {"a": "1", "b": "2"} and settings.labels["team"] == "shop"
for kind, found in api.watch("configmaps", namespace="default", field_selector="metadata.name=settings"):
    assert (kind, found.name) == ("ADDED", "settings")
    break

# A deployment, scaled and waited for.
labels = {"app": "web"}
script = "echo one; trap exit TERM; sleep 3600 & wait"
container = {"name": "c", "image": "docker.io/library/busybox:1.36", "command": ["sh", "-c", script]}
web = Deployment({
    "metadata": {"name": "web", "namespace": "default"},
    "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}}},
}, api=api)
web.create()
web.scale(2)
web.wait("condition=Available", timeout=60)
pods = list(api.get("pods", namespace="default", label_selector=labels))
pods[0].wait("condition=Ready", timeout=60)

# Logs and commands.
assert list(pods[0].logs()) == ["one"]
result = pods[0].exec(["sh", "-c", "echo out; echo err >&2"])
assert (result.stdout, result.stderr, result.returncode) == (b"out\n", b"err\n", 0)
assert pods[0].exec(["sh", "-c", "exit 3"], check=False).returncode == 3

web.delete()
settings.delete()
assert not settings.exists()
print("done")
