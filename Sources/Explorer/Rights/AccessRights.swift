import KubernetesClient
import KubernetesModel

/// What the person may do, as far as the server has been asked: once a minute for each resource, namespace and verb.
final class AccessRights {
    private struct Question: Hashable {
        let right: Right
        let resource: GroupResource
        let namespace: String?

        init(_ right: Right, _ target: ObjectTarget) {
            self.right = right
            resource = right.resource ?? target.resource.groupResource
            namespace = target.namespace
        }
    }

    private enum Answer {
        case unknown, allowed
        case denied(String)
    }

    /// Rights are given and taken: an answer holds for so long, and afterwards until the next one is there.
    private static let lifetime = Duration.seconds(60)

    private let client: ClusterClient
    private var answers: [Question: (answer: Answer, asked: Instant)] = [:]
    /// Asks the server; tests answer for it.
    var review: @Sendable (ClusterClient, KubernetesObject) async -> KubernetesObject? = { client, review in
        let reviews = GroupVersionResource(group: "authorization.k8s.io", version: "v1", resource: "selfsubjectaccessreviews")
        return try? await client.create(review, as: reviews)
    }

    init(_ client: ClusterClient) {
        self.client = client
    }

    /// Why something is not allowed; nil when it is, and while that is not known. What is not known is asked.
    func denial(of right: Right, on target: ObjectTarget, in shell: Shell) -> String? {
        let question = Question(right, target)
        let known = answers[question]
        let now = shell.now()
        if known.map({ now >= $0.asked + Self.lifetime }) ?? true {
            answers[question] = (known?.answer ?? .unknown, now)
            // Not counted as work: nobody waits for it.
            Task { [weak self, weak shell] in
                await self?.ask(question)
                shell?.setNeedsDisplay()
            }
        }
        return if case .denied(let reason) = known?.answer { reason } else { nil }
    }

    /// Asks the server before a person is asked: why something of all this is not allowed; nil when all of it is.
    func denial(of needs: [(right: Right, target: ObjectTarget)]) async -> String? {
        var asked: Set<Question> = []
        for need in needs {
            let question = Question(need.right, need.target)
            guard asked.insert(question).inserted else { continue }
            if case .denied(let reason) = await ask(question) { return reason }
        }
        return nil
    }

    @discardableResult
    private func ask(_ question: Question) async -> Answer {
        // Who can't be asked doesn't forbid anything: the request itself will tell.
        let status = await review(client, Self.request(question))?.status
        let isAllowed = status?["allowed"]?.boolValue ?? true
        let answer = isAllowed ? Answer.allowed : .denied(Self.sentence(question, status?["reason"]?.stringValue))
        answers[question]?.answer = answer
        return answer
    }

    private static func request(_ question: Question) -> KubernetesObject {
        var attributes: JSONObject = [
            "verb": .string(question.right.verb), "group": .string(question.resource.group),
            "resource": .string(question.resource.resource),
        ]
        if let namespace = question.namespace { attributes["namespace"] = .string(namespace) }
        if let subresource = question.right.subresource { attributes["subresource"] = .string(subresource) }
        return KubernetesObject([
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": ["resourceAttributes": .object(attributes)],
        ])
    }

    private static func sentence(_ question: Question, _ reason: String?) -> String {
        let what = question.resource.description + (question.right.subresource.map { "/\($0)" } ?? "")
        let place = question.namespace.map { " in namespace \($0)" } ?? ""
        return "You may not \(question.right.verb) \(what)\(place)" + (reason.map { $0.isEmpty ? "" : ": \($0)" } ?? "")
    }
}
