"""Drives a simulated cluster with the official client; the kubeconfig is the only argument."""

import sys

from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.exceptions import ApiException
from kubernetes.stream import portforward, stream

config.load_kube_config(sys.argv[1])
core = client.CoreV1Api()
apps = client.AppsV1Api()

# Typed lists, pages and errors.
assert [node.metadata.name for node in core.list_node().items] == ["node-1"]
page = core.list_namespace(limit=1)
assert page.metadata._continue
assert core.list_namespace(limit=1, _continue=page.metadata._continue).items[0].metadata.name != page.items[0].metadata.name
try:
    core.read_namespaced_pod("nope", "default")
    raise AssertionError("a pod that is not there was read")
except ApiException as error:
    assert error.status == 404 and "not found" in error.body

# Create, patch in three ways, apply.
labels = {"app": "web"}
core.create_namespaced_config_map("default", client.V1ConfigMap(metadata=client.V1ObjectMeta(name="c"), data={"a": "1"}))
core.patch_namespaced_config_map("c", "default", {"data": {"b": "2"}})
core.patch_namespaced_config_map("c", "default", [{"op": "remove", "path": "/data/a"}])
assert core.read_namespaced_config_map("c", "default").data == {"b": "2"}
dynamic_client = dynamic.DynamicClient(client.ApiClient())
maps = dynamic_client.resources.get(api_version="v1", kind="ConfigMap")
applied = maps.server_side_apply(
    body={"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": {"k": "v"}},
    namespace="default", field_manager="test",
)
assert applied.metadata.managedFields[0].operation == "Apply"

# A workload from a manifest, watched until it runs.
script = "echo one; trap exit TERM; while read line; do echo got $line; done; sleep 3600 & wait"
utils.create_from_dict(client.ApiClient(), {
    "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "default"},
    "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": {"containers": [
        {"name": "c", "image": "docker.io/library/busybox:1.36", "command": ["sh", "-c", script]},
    ]}}},
})
events = watch.Watch()
for event in events.stream(apps.list_namespaced_deployment, "default", timeout_seconds=60):
    if event["object"].status.available_replicas == 1:
        events.stop()
pod = core.list_namespaced_pod("default", label_selector="app=web").items[0].metadata.name
apps.patch_namespaced_deployment_scale("web", "default", {"spec": {"replicas": 2}})

# Commands, with input and exit codes.
connect = core.connect_get_namespaced_pod_exec
assert stream(connect, pod, "default", command=["echo", "hello"], stdout=True, stderr=True) == "hello\n"
session = stream(connect, pod, "default", command=["sh"], stdin=True, stdout=True, stderr=True, _preload_content=False)
session.write_stdin("echo typed; exit 3\n")
session.run_forever(timeout=30)
assert session.read_stdout() == "typed\n" and session.returncode == 3

# Logs, whole and as they come.
assert core.read_namespaced_pod_log(pod, "default") == "one\n"
lines = watch.Watch().stream(core.read_namespaced_pod_log, pod, "default")
assert next(lines) == "one"

# A forwarded port.
serve = "echo served > /tmp/index.html; exec httpd -f -p 8080 -h /tmp"
core.create_namespaced_pod("default", {"metadata": {"name": "server"}, "spec": {"containers": [
    {"name": "c", "image": "docker.io/library/busybox:1.36", "command": ["sh", "-c", serve]},
]}})
pods = watch.Watch()
for event in pods.stream(core.list_namespaced_pod, "default", field_selector="metadata.name=server", timeout_seconds=60):
    if event["object"].status.phase == "Running":
        pods.stop()
forward = portforward(core.connect_get_namespaced_pod_portforward, "server", "default", ports="8080")
socket = forward.socket(8080)
socket.setblocking(True)
socket.sendall(b"GET / HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n")
answer = b""
while chunk := socket.recv(4096):
    answer += chunk
assert answer.endswith(b"\r\n\r\nserved\n"), answer
assert forward.error(8080) is None

core.delete_namespaced_config_map("c", "default")
apps.delete_namespaced_deployment("web", "default")
print("done")
