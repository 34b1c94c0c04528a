import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables

/// How many endpoints each Service has, and how many of them are ready: counted from its slices as they come.
actor EndpointTally {
    private struct Slice {
        var service: ObjectKey
        var count: EndpointCount
        var list: Int
    }

    private var slices: [ObjectKey: Slice] = [:]
    private var list = 0
    private(set) var isComplete = false

    /// By the Service's namespace and name.
    var counts: [ObjectKey: EndpointCount] {
        slices.values.reduce(into: [:]) { counts, slice in
            counts[slice.service, default: EndpointCount()].ready += slice.count.ready
            counts[slice.service, default: EndpointCount()].total += slice.count.total
        }
    }

    func apply(_ events: [ReflectorEvent]) {
        for event in events {
            switch event {
            case .restarting: list += 1
            case .initial(let object), .applied(let object): slices[object.key] = slice(object)
            case .deleted(let object): slices[object.key] = nil
            case .ready:
                slices = slices.filter { $0.value.list == list }
                isComplete = true
            case .progress, .degraded, .recovered: break
            }
        }
    }

    private func slice(_ object: KubernetesObject) -> Slice? {
        Self.count(in: object).map { Slice(service: $0.service, count: $0.count, list: list) }
    }

    /// The Service that a slice belongs to, and what the slice has of its endpoints; nil for what is no slice of a Service.
    static func count(in slice: KubernetesObject) -> (service: ObjectKey, count: EndpointCount)? {
        guard let name = slice.metadata.labels["kubernetes.io/service-name"] else { return nil }
        let endpoints = FieldReader(slice).endpoints.elements
        // A missing condition means ready.
        let ready = endpoints.count { $0.conditions.ready.json?.boolValue ?? true }
        return (ObjectKey(namespace: slice.namespace, name: name), EndpointCount(ready: ready, total: endpoints.count))
    }
}
