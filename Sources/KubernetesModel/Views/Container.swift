/// A container as specified: of a pod or of a pod template.
package struct Container: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String { json.string("name") ?? "" }
    package var image: String { json.string("image") ?? "" }
    package var imagePullPolicy: String? { json.string("imagePullPolicy") }
    package var command: [String] { json.strings("command") }
    package var arguments: [String] { json.strings("args") }
    package var workingDirectory: String? { json.string("workingDir") }
    package var ports: [ContainerPort] { json.views("ports") }
    package var environment: [JSONValue] { json.elements("env") }
    package var environmentSources: [JSONValue] { json.elements("envFrom") }
    package var requests: [String: Quantity] { json.quantities("resources", "requests") }
    package var limits: [String: Quantity] { json.quantities("resources", "limits") }
    package var volumeMounts: [JSONValue] { json.elements("volumeMounts") }
    package var livenessProbe: JSONValue? { json["livenessProbe"] }
    package var readinessProbe: JSONValue? { json["readinessProbe"] }
    package var startupProbe: JSONValue? { json["startupProbe"] }
    package var securityContext: JSONValue? { json["securityContext"] }
    /// `Always` makes a sidecar of an init container.
    package var restartPolicy: String? { json.string("restartPolicy") }
    package var isSidecar: Bool { restartPolicy == "Always" }
}

package struct ContainerPort: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String? { json.string("name") }
    package var containerPort: Int { json.int("containerPort") ?? 0 }
    package var hostPort: Int? { json.int("hostPort") }
    package var `protocol`: String { json.string("protocol") ?? "TCP" }
}

/// A container as it runs.
package struct ContainerStatus: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String { json.string("name") ?? "" }
    package var image: String { json.string("image") ?? "" }
    package var imageID: String { json.string("imageID") ?? "" }
    package var containerID: String? { json.string("containerID") }
    package var isReady: Bool { json.bool("ready") ?? false }
    /// Nil while no startup probe has answered.
    package var isStarted: Bool? { json.bool("started") }
    package var restartCount: Int { json.int("restartCount") ?? 0 }
    package var state: ContainerState { ContainerState(json["state"] ?? .null) }
    package var lastState: ContainerState { ContainerState(json["lastState"] ?? .null) }
}

/// One of waiting, running and terminated; waiting when nothing is said.
package struct ContainerState: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var waiting: JSONValue? { member("waiting") }
    package var running: JSONValue? { member("running") }
    package var terminated: JSONValue? { member("terminated") }

    package var isRunning: Bool { running != nil }
    package var isTerminated: Bool { terminated != nil }

    /// Of waiting or of terminated.
    package var reason: String? { waiting?.string("reason") ?? terminated?.string("reason") }
    package var message: String? { waiting?.string("message") ?? terminated?.string("message") }
    package var startedAt: Instant? { running?.time("startedAt") ?? terminated?.time("startedAt") }
    package var finishedAt: Instant? { terminated?.time("finishedAt") }
    package var exitCode: Int? { terminated?.int("exitCode") }
    package var signal: Int? { terminated?.int("signal") }

    private func member(_ name: String) -> JSONValue? {
        json[name].flatMap { $0.isNull ? nil : $0 }
    }
}
