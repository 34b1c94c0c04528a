package import KubernetesModel

/// Turns an object into the form of another version of its kind.
package enum VersionConversion {
    package static func convert(_ object: KubernetesObject, to kind: GroupVersionKind) -> KubernetesObject {
        let from = object.groupVersionKind
        guard from != kind else { return object }
        var result = object
        switch (from.groupVersion.apiVersion, kind.groupVersion.apiVersion, kind.kind) {
        case ("events.k8s.io/v1", "v1", "Event"): result = EventForms.core(from: object)
        case ("v1", "events.k8s.io/v1", "Event"): result = EventForms.new(from: object)
        case ("autoscaling/v1", "autoscaling/v2", _): result = AutoscalerForms.v2(from: object)
        case ("autoscaling/v2", "autoscaling/v1", _): result = AutoscalerForms.v1(from: object)
        default: break
        }
        result.apiVersion = kind.groupVersion.apiVersion
        result.kind = kind.kind
        return result
    }
}

/// The two forms of events: of the core group, in which they are stored, and of `events.k8s.io`.
private enum EventForms {
    private static let renamed = [
        ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
        ("reportingComponent", "reportingController"),
    ]

    static func core(from object: KubernetesObject) -> KubernetesObject {
        rename(object, renamed.map { ($0.1, $0.0) })
    }

    static func new(from object: KubernetesObject) -> KubernetesObject {
        rename(object, renamed)
    }

    private static func rename(_ object: KubernetesObject, _ names: [(String, String)]) -> KubernetesObject {
        let table = Dictionary(names, uniquingKeysWith: { first, _ in first })
        return KubernetesObject(JSONObject(object.json.map { (table[$0.key] ?? $0.key, $0.value) }))
    }
}
