import KubernetesClient
import KubernetesModel
import TextUI

/// Which images run, and where.
extension Shell {
    func openImages(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        push(
            ListScreen("images", heading: "Images(\(namespaces.text))", command: "images \(namespaces.text)", shell: self) {
                [session, weak self] in
                let pods = try await session.client.list(GroupVersionResource(resource: "pods"), namespace: namespaces.single).items
                let images = ImageUse.all(of: pods.filter { namespaces.contains($0.namespace ?? "") })
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
        push(
            ListScreen("image", heading: "Image(\(image))", shell: self) { [session] in
                let pods = try await session.client.list(GroupVersionResource(resource: "pods"), namespace: namespaces.single).items
                let places =
                    ImageUse.all(of: pods.filter { namespaces.contains($0.namespace ?? "") }).first { $0.image == image }?.places ?? []
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
        push(
            ListScreen("conditions", heading: "Conditions(\(target.text))", shell: self) { [session, now] in
                let object = try await session.client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
                let conditions = object.status.views("conditions", as: Condition.self)
                return .init(
                    titles: ["TYPE", "STATUS", "SINCE", "REASON", "MESSAGE"],
                    rows: conditions.map { condition in
                        let since = condition.lastTransition.map { HumanDuration.text(since: $0, now: now()) } ?? ""
                        return .init(
                            cells: [condition.type, condition.status, since, condition.reason, condition.message],
                            role: condition.namesTroubleNow ? .statusError : .text, target: target)
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
