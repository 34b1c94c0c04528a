#!/usr/bin/env python3
"""Writes what every fresh cluster has into Sources/SimulatedCluster/Data/furniture/.

usage: generate-furniture.py FURNITURE.json

The input maps collections (clusterroles, clusterrolebindings, roles, rolebindings, priorityclasses, flowschemas,
prioritylevels, apiservices) to the objects of a fresh API server. The output is what cannot be derived:

access.txt    ClusterRole NAME [aggregates=VALUE] [part-of=VALUE]        Role NAMESPACE/NAME
                VERBS GROUPS RESOURCES [NAMES]   |   VERBS url PATHS
              ClusterRoleBinding NAME ROLE                               RoleBinding NAMESPACE/NAME ROLE
                User NAME   |   Group NAME   |   ServiceAccount NAMESPACE/NAME
              Lists have commas; the core group is `core`.
objects.jsonl one object a line, without metadata but its name.
"""
import json
import pathlib
import sys

AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-"


def rule_line(rule):
    verbs = ",".join(rule["verbs"])
    if "nonResourceURLs" in rule:
        return f"  {verbs} url {','.join(rule['nonResourceURLs'])}"
    groups = ",".join(group or "core" for group in rule["apiGroups"])
    names = ",".join(rule.get("resourceNames", []))
    return f"  {verbs} {groups} {','.join(rule['resources'])} {names}".rstrip()


def role_lines(kind, role):
    metadata = role["metadata"]
    head = f"{kind} {qualified(metadata)}"
    for selector in role.get("aggregationRule", {}).get("clusterRoleSelectors", []):
        head += "".join(f" aggregates={key.removeprefix(AGGREGATE)}" for key in selector["matchLabels"])
    head += "".join(f" part-of={key.removeprefix(AGGREGATE)}" for key in metadata["labels"] if key.startswith(AGGREGATE))
    return [head] + [rule_line(rule) for rule in role.get("rules") or []]


def binding_lines(kind, binding):
    lines = [f"{kind} {qualified(binding['metadata'])} {binding['roleRef']['name']}"]
    for subject in binding.get("subjects") or []:
        lines.append(f"  {subject['kind']} {qualified(subject)}")
    return lines


def qualified(metadata):
    namespace = metadata.get("namespace")
    return f"{namespace}/{metadata['name']}" if namespace else metadata["name"]


def plain(api_version, kind, item):
    name = item["metadata"]["name"]
    rest = {key: value for key, value in item.items() if key not in ("metadata", "status")}
    return json.dumps({"apiVersion": api_version, "kind": kind, "name": name, **rest}, separators=(",", ":"))


def main():
    facts = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(__file__).resolve().parent.parent / "Sources/SimulatedCluster/Data/furniture"
    folder.mkdir(parents=True, exist_ok=True)
    access = []
    for collection, kind in [("clusterroles", "ClusterRole"), ("roles", "Role")]:
        for role in facts[collection]:
            access += role_lines(kind, role)
    for collection, kind in [("clusterrolebindings", "ClusterRoleBinding"), ("rolebindings", "RoleBinding")]:
        for binding in facts[collection]:
            access += binding_lines(kind, binding)
    (folder / "access.txt").write_text("\n".join(access) + "\n")
    flow = "flowcontrol.apiserver.k8s.io/v1"
    objects = [plain("scheduling.k8s.io/v1", "PriorityClass", item) for item in facts["priorityclasses"]]
    objects += [plain(flow, "PriorityLevelConfiguration", item) for item in facts["prioritylevels"]]
    objects += [plain(flow, "FlowSchema", item) for item in facts["flowschemas"]]
    # An add-on's API services come with the add-on.
    local = [item for item in facts["apiservices"] if "service" not in item["spec"]]
    objects += [plain("apiregistration.k8s.io/v1", "APIService", item) for item in local]
    (folder / "objects.jsonl").write_text("\n".join(objects) + "\n")


main()
