package struct Pod: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var nodeName: String? { spec.string("nodeName").flatMap { $0.isEmpty ? nil : $0 } }
    package var volumes: [Volume] { spec.views("volumes") }

    package var containers: [Container] { spec.views("containers") }
    /// Init containers, then containers, then ephemeral ones.
    package var allContainers: [Container] {
        ["initContainers", "containers", "ephemeralContainers"].flatMap { spec.views($0, as: Container.self) }
    }

    /// The container that is meant where none is named, as far as its annotation tells.
    package var defaultContainer: String? {
        object.metadata.annotations["kubectl.kubernetes.io/default-container"].flatMap { name in
            containers.contains { $0.name == name } ? name : nil
        }
    }

    /// The status of a container of any sort.
    package func containerStatus(_ name: String) -> ContainerStatus? {
        let lists = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"]
        return lists.flatMap { status.views($0, as: ContainerStatus.self) }.first { $0.name == name }
    }

    /// Whether it succeeded or failed for good.
    package var isFinished: Bool { Self.isFinal(phase: status.string("phase")) }

    /// Whether no other phase comes after this one.
    package static func isFinal(phase: String?) -> Bool { phase == "Succeeded" || phase == "Failed" }
}

package struct Volume: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var claimName: String? { json.string("persistentVolumeClaim", "claimName") }
}
