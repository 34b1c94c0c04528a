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
