/// A container as specified.
package struct Container: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String { json.string("name") ?? "" }
    package var image: String { json.string("image") ?? "" }
}

/// A container as it runs.
package struct ContainerStatus: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String { json.string("name") ?? "" }
    package var imageID: String { json.string("imageID") ?? "" }
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

    private func member(_ name: String) -> JSONValue? {
        json[name].flatMap { $0.isNull ? nil : $0 }
    }
}
