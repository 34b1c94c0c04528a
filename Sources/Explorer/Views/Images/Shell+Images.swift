import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// Which images run, and where.
extension Shell {
    func openImages(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        let pods = ReflectorScope(podResource.gvr, namespace: namespaces.single)
        push(
            ListScreen(
                "images", heading: "Images(\(namespaces.text))", command: "images \(namespaces.text)", shell: self, following: [pods]
            ) { [weak self] mirrors in
                let images = try await ImageUse.all(of: pods, in: namespaces, mirrors)
                return .init(
                    titles: ["IMAGE", "PODS", "CONTAINERS", "NODES", "DIGEST"],
                    rows: images.map { image in
                        ListScreen.Row(
                            cells: [image.image, "\(image.pods)", "\(image.places.count)", "\(image.nodes)", image.digestText],
                            role: image.digests.count > 1 ? .statusPending : .text,
                            open: { self?.openPlaces(of: image.image, in: namespaces) })
                    }, absence: "No pods, so no images"
                )
            })
    }

    private func openPlaces(of image: String, in namespaces: NamespaceChoice) {
        let pod = podResource
        let pods = ReflectorScope(pod.gvr, namespace: namespaces.single)
        push(
            ListScreen("image", heading: "Image(\(image))", shell: self, following: [pods]) { mirrors in
                let places = try await ImageUse.all(of: pods, in: namespaces, mirrors).first { $0.image == image }?.places ?? []
                return .init(
                    titles: ["POD", "NAMESPACE", "CONTAINER", "NODE", "STATE", "DIGEST"],
                    rows: places.map { place in
                        ListScreen.Row(
                            cells: [place.pod.name, place.pod.namespace ?? "", place.container, place.node, place.state, place.digest],
                            role: place.state == "Running" || place.state == "Completed" ? .text : .statusPending,
                            target: ObjectTarget(resource: pod, namespace: place.pod.namespace, name: place.pod.name))
                    }, absence: "Nothing runs \(image) any more"
                )
            })
    }

    /// What is true of the selected object, with reasons and times.
    func openConditions() {
        guard let target = screen?.targets.first else { return report(.info, "Select an object first") }
        let scope = target.scope()
        push(
            ListScreen("conditions", heading: "Conditions(\(target.text))", shell: self, following: [scope]) { mirrors in
                let conditions = try mirrors.object(target, scope).status.views("conditions", as: Condition.self)
                return .init(
                    titles: ["TYPE", "STATUS", "SINCE", "REASON", "MESSAGE"],
                    rows: conditions.map { condition in
                        .init(
                            cells: [condition.type, condition.status, "", condition.reason, condition.message],
                            times: condition.lastTransition.map { [2: $0] } ?? [:], role: condition.namesTroubleNow ? .statusError : .text,
                            target: target)
                    }, absence: "\(target.text) has no conditions"
                )
            })
    }
}

extension ImageUse {
    fileprivate var digestText: String {
        switch digests.count {
        case 0: "not pulled"
        case 1: digests[0]
        default: "\(digests.count) different"
        }
    }
}

nonisolated extension ImageUse {
    /// Counted beside the main loop.
    @concurrent fileprivate static func all(
        of pods: ReflectorScope, in namespaces: NamespaceChoice, _ mirrors: ListScreen.Mirrors
    ) async throws -> [ImageUse] {
        all(of: try mirrors.objects(pods).filter { namespaces.contains($0.namespace ?? "") })
    }
}
