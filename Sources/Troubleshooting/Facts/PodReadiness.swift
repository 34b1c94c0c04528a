import KubernetesModel

/// How long a pod has been on its way, and how long it may be.
struct PodReadiness: Sendable, Hashable {
    /// A probe needs its time, and so does the news of its success.
    private static let patience = 30
    private static let creationPatience = 60

    private var createdAt: Instant?
    private var deletedAt: Instant?
    /// When the condition `Ready` became false.
    private var unreadySince: Instant?
    private var startupSeconds: Int
    private var isPending: Bool

    init(_ pod: KubernetesObject, containers: [JSONValue]) {
        createdAt = pod.metadata.creationTimestamp.flatMap(KubernetesTime.parse)
        deletedAt = pod.metadata.deletionTimestamp.flatMap(KubernetesTime.parse)
        unreadySince = pod.status["conditions"]?.arrayValue?.first {
            $0["type"]?.stringValue == "Ready" && $0["status"]?.stringValue != "True"
        }?["lastTransitionTime"]?.stringValue.flatMap(KubernetesTime.parse)
        startupSeconds = containers.map(Self.startupSeconds).max() ?? 0
        isPending = pod.status["phase"]?.stringValue == "Pending"
    }

    /// Whether there is nothing to do yet but wait.
    func isSettling(at now: Instant) -> Bool {
        if let deletedAt { return now.isWithin(seconds: Self.patience, after: deletedAt) }
        if isPending { return now.isWithin(seconds: Self.creationPatience, after: createdAt) }
        return now.isWithin(seconds: Self.patience + startupSeconds, after: unreadySince ?? createdAt)
    }

    private static func startupSeconds(_ container: JSONValue) -> Int {
        let readiness = container["readinessProbe"]?["initialDelaySeconds"]?.intValue ?? 0
        guard let probe = container["startupProbe"] else { return readiness }
        let attempts = (probe["failureThreshold"]?.intValue ?? 3).multipliedReportingOverflow(by: probe["periodSeconds"]?.intValue ?? 10)
        let startup = (probe["initialDelaySeconds"]?.intValue ?? 0).addingReportingOverflow(attempts.partialValue)
        // Nobody waits for a start-up longer than a day.
        return attempts.overflow || startup.overflow ? 86_400 : min(max(readiness, startup.partialValue), 86_400)
    }
}

extension Instant {
    /// Clocks differ a little; one that is far behind says nothing about an age.
    func isWithin(seconds: Int, after start: Instant?) -> Bool {
        guard let start else { return false }
        let age = self - start
        return age > .seconds(-30) && age < .seconds(seconds)
    }
}
