#!/usr/bin/env python3
"""Writes the table of built-in resources, from recorded discovery answers and table columns of an API server.

    Scripts/generate-catalog.py DISCOVERY.json COLUMNS.json

DISCOVERY.json: group version path ("api/v1") -> APIResourceList.resources, and "groups" -> APIGroupList.groups.
COLUMNS.json:   "group version path/resource" -> [[name, type, format, priority], ...].
"""
import json
import pathlib
import sys

VERBS = {"create": "c", "delete": "d", "deletecollection": "D", "get": "g", "list": "l", "patch": "p", "update": "u", "watch": "w"}
TYPES = {("string", ""): "", ("string", "name"): ":n", ("integer", ""): ":i", ("boolean", ""): ":b", ("date", ""): ":d"}
TARGET = pathlib.Path(__file__).parent.parent / "Sources/KubernetesModel/Resources/BuiltInResources.swift"

# metrics-server serves these beside the API server's own.
METRICS = [
    "nodes|NodeMetrics|C|gl||||Name:n,cpu,memory,Window",
    "pods|PodMetrics|N|gl||||Name:n,cpu,memory,Window",
]


def verbs(resource):
    return "".join(VERBS[verb] for verb in sorted(resource["verbs"]))


def subresource(resource):
    version = f"{resource['group']}/{resource['version']}" if "group" in resource else ""
    return ":".join([resource["name"].split("/")[1], resource["kind"], version, verbs(resource)])


def column(name, type, format, priority):
    assert not set(name) & set("|,:+"), name
    return name + TYPES[type, format] + ("+" if priority else "")


def line(resource, resources, columns):
    name = resource["name"]
    subresources = [subresource(other) for other in resources if other["name"].startswith(name + "/")]
    singular = resource["singularName"]
    assert singular == resource["kind"].lower(), singular
    return "|".join([
        name, resource["kind"], "N" if resource["namespaced"] else "C", verbs(resource),
        ",".join(resource.get("shortNames", [])), ",".join(resource.get("categories", [])),
        ",".join(subresources), ",".join(column(*each) for each in columns),
    ])


def main(discovery_path, columns_path):
    discovery = json.loads(pathlib.Path(discovery_path).read_text())
    columns = json.loads(pathlib.Path(columns_path).read_text())
    order = ["api/v1"] + ["apis/" + version["groupVersion"] for group in discovery["groups"] for version in group["versions"]]
    lines = []
    for path in order:
        lines.append("@" + path.removeprefix("api/").removeprefix("apis/"))
        if path.startswith("apis/metrics.k8s.io/"):
            lines += METRICS
            continue
        resources = discovery[path]
        for resource in resources:
            if "/" in resource["name"]:
                owner = resource["name"].split("/")[0]
                assert any(other["name"] == owner for other in resources), owner
            else:
                lines.append(line(resource, resources, columns.get(f"{path}/{resource['name']}", [])))
    text = "\n".join("        " + each for each in lines)
    TARGET.write_text(f'''// Written by Scripts/generate-catalog.py: change that, and run it again.

/// The resources of a Kubernetes 1.36 API server with metrics-server.
///
/// `@` starts a group version, in the server's order. A resource is one line:
/// name|kind|N(amespaced) or C(luster)|verbs|short names|categories|subresources name:kind:group version:verbs|columns.
/// Verbs are c(reate), d(elete), D(eletecollection), g(et), l(ist), p(atch), u(pdate), w(atch). A column is its name, then its type
/// when that is not string — :n (a string of format name), :i(nteger), :b(oolean), :d(ate) — and + when only wide output shows it.
enum BuiltInResources {{
    static let table = """
{text}
        """
}}
''')


main(*sys.argv[1:])
