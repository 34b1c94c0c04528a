import Foundation
import KubernetesModel

/// Shows what a Secret holds, when somebody asks for it.
enum SecretDecoding {
    /// The object with the values of `data` as text; those that are no text stay encoded.
    static func decoded(_ object: KubernetesObject) -> KubernetesObject {
        var json = object.json
        guard case .object(var data)? = json["data"] else { return object }
        for (key, value) in data {
            guard let bytes = value.stringValue.flatMap(Base64.decode), let text = String(validating: bytes, as: UTF8.self) else {
                continue
            }
            data[key] = .string(text)
        }
        json["data"] = .object(data)
        return KubernetesObject(json)
    }

    /// The object with the values that are text as texts, under `stringData`; those that are none stay in `data`, encoded.
    static func editable(_ object: KubernetesObject) -> KubernetesObject {
        var json = object.json
        guard case .object(var data)? = json["data"] else { return object }
        var texts: JSONObject = json["stringData"]?.objectValue ?? [:]
        for (key, value) in data {
            guard let bytes = value.stringValue.flatMap(Base64.decode), let text = String(validating: bytes, as: UTF8.self) else {
                continue
            }
            texts[key] = .string(text)
            data[key] = nil
        }
        json["data"] = data.isEmpty ? nil : .object(data)
        json["stringData"] = .object(texts)
        return KubernetesObject(json)
    }

    /// The object with everything in `data`, encoded: what `editable` shows, as it is stored.
    static func encoded(_ object: KubernetesObject) -> KubernetesObject {
        var json = object.json
        guard case .object(let texts)? = json["stringData"] else { return object }
        var data: JSONObject = json["data"]?.objectValue ?? [:]
        for (key, value) in texts { data[key] = .string(Base64.encode(Array((value.stringValue ?? "\(value)").utf8))) }
        json["data"] = .object(data)
        json["stringData"] = nil
        return KubernetesObject(json)
    }
}

extension KubernetesObject {
    var withoutManagedFields: KubernetesObject {
        var json = json
        guard case .object(var metadata)? = json["metadata"], metadata["managedFields"] != nil else { return self }
        metadata["managedFields"] = nil
        json["metadata"] = .object(metadata)
        return KubernetesObject(json)
    }
}
