#!/usr/bin/env python3
"""Writes the table of built-in schemas, from an API server's OpenAPI schemas and the field numbers of its protobuf messages.

    Scripts/generate-schemas.py SCHEMAS.json PROTOBUF-FIELDS.json

SCHEMAS.json:         definition name -> schema with properties, required, x-kubernetes-*.
PROTOBUF-FIELDS.json: message name -> field number -> [name, type] | [name, "list", type] | [name, "map", key type, value type].
"""
import json
import pathlib
import sys

TARGET = pathlib.Path(__file__).parent.parent / "Sources/KubernetesModel/Schemas/BuiltInSchemas.swift"
SCALARS = {
    ("string", None): "s", ("boolean", None): "b", ("integer", "int32"): "i", ("integer", "int64"): "l", ("integer", None): "l",
    ("number", "double"): "d", ("number", None): "d", ("string", "byte"): "y", ("object", None): "o", (None, None): "o",
    ("string", "date-time"): "s",
}
# What no list of fields describes; its first letter in the table.
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "Q",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "I",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "T",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "M",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "R",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "R",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": "R",
}


def message_name(name):
    return name.replace("io.k8s.", "k8s.io.", 1).replace("apiextensions-apiserver", "apiextensions_apiserver")


def normal(name):
    return "".join(letter for letter in name.lower() if letter.isalnum())


class Table:
    def __init__(self, schemas, messages):
        self.schemas = schemas
        self.messages = messages
        self.names = [name for name in sorted(schemas) if name not in SPECIAL]
        self.index = {name: index for index, name in enumerate(self.names)}

    def type(self, schema):
        if "$ref" in schema:
            return SPECIAL.get(schema["$ref"]) or f"#{self.index[schema['$ref']]}"
        if schema.get("type") == "array":
            return "[" + self.type(schema["items"])
        if schema.get("type") == "object" and "additionalProperties" in schema:
            return "{" + self.type(schema["additionalProperties"])
        return SCALARS[schema.get("type"), schema.get("format")]

    def numbers(self, message, properties, prefix=(), seen=()):
        """JSON knows embedded messages' fields as the outer object's own: their numbers are paths."""
        numbers = {}
        by_name = {normal(name): name for name in properties}
        for number, field in self.messages.get(message, {}).items():
            name = by_name.get(normal(field[0]))
            if name is not None:
                numbers.setdefault(name, (*prefix, number))
            elif len(field) == 2 and field[1] in self.messages and field[1] not in seen and len(prefix) < 3:
                inner = self.numbers(field[1], properties, (*prefix, number), (*seen, message))
                for inner_name, path in inner.items():
                    numbers.setdefault(inner_name, path)
        return numbers

    def field(self, name, schema, required, numbers):
        text = name + ":" + self.type(schema)
        if required:
            text += "!"
        if name in numbers:
            text += "@" + ".".join(numbers[name])
        kind = schema.get("x-kubernetes-list-type")
        if kind == "set":
            text += "S"
        elif kind == "map":
            text += "K(" + ",".join(schema["x-kubernetes-list-map-keys"]) + ")"
        if schema.get("x-kubernetes-map-type") == "atomic":
            text += "A"
        strategies = schema.get("x-kubernetes-patch-strategy", "").split(",")
        if "merge" in strategies:
            text += "P(" + schema.get("x-kubernetes-patch-merge-key", "") + ")"
        if "replace" in strategies:
            text += "X"
        if "retainKeys" in strategies:
            text += "Y"
        if "enum" in schema:
            text += "E(" + ",".join(schema["enum"]) + ")"
        if schema.get("default") not in (None, 0, False, ""):
            text += "D(" + json.dumps(schema["default"]) + ")"
        return text

    def line(self, name):
        schema = self.schemas[name]
        properties = schema.get("properties", {})
        numbers = self.numbers(message_name(name), properties)
        required = set(schema.get("required", []))
        kinds = schema.get("x-kubernetes-group-version-kind", [])
        # DeleteOptions and WatchEvent belong to every group; they are found by name.
        kinds = kinds if len(kinds) == 1 else []
        gvk = ",".join("/".join([kind["group"], kind["version"], kind["kind"]]) for kind in kinds)
        flags = "A" if schema.get("x-kubernetes-map-type") == "atomic" else ""
        flags += "" if properties else "O"
        fields = ";".join(self.field(*each, each[0] in required, numbers) for each in properties.items())
        return "|".join([name.rpartition(".")[2], flags, gvk, fields])

    def lines(self):
        package = None
        for name in self.names:
            if name.rpartition(".")[0] != package:
                package = name.rpartition(".")[0]
                yield "@" + package
            yield self.line(name)


def main(schemas_path, messages_path):
    schemas = json.loads(pathlib.Path(schemas_path).read_text())
    messages = json.loads(pathlib.Path(messages_path).read_text())
    text = "\n".join("        " + line for line in Table(schemas, messages).lines())
    assert "\\" not in text and '"""' not in text
    TARGET.write_text(f'''// Written by Scripts/generate-schemas.py: change that, and run it again.

/// The definitions of a Kubernetes 1.36 API server's objects and their parts.
///
/// `@` starts a package. A definition is one line: name|flags|group/version/kind|fields, with flags A (an atomic map) and O (no fields of
/// its own: anything goes). Fields stand between semicolons, each as name:type and then, in this order: ! when required, @ with the
/// protobuf field number (a path of numbers for what JSON embeds), S (a set) or K(keys) for lists, A for atomic maps, P(merge key), X and Y
/// for the patch strategies merge, replace and retainKeys, E(values) for an enumeration, D(JSON) for a default.
///
/// Types: s(tring), b(oolean), i(nteger of 32 bits), l (of 64), d(ouble), y (bytes), o (anything), Q(uantity), I(nt or string), T(ime),
/// M(icrosecond time), R(aw JSON), [ and {{ for lists and maps of the following type, # with the place of a definition in this table.
enum BuiltInSchemas {{
    static let table = """
{text}
        """
}}
''')


main(*sys.argv[1:])
