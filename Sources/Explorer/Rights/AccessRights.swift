import KubernetesClient
import KubernetesModel

/// What the person may do, as far as the server has been asked: once a minute for each resource, namespace and verb.
final class AccessRights {
    private struct Question: Hashable {
        let right: Right
        let resource: GroupResource
        let namespace: String?
        /// Nil asks about all objects.
        let name: String?

        init(_ right: Right, _ target: ObjectTarget) {
            self.right = right
            resource = right.resource ?? target.resource.groupResource
            namespace = target.namespace
            name = nil
        }

        /// About this object alone. Nil where no rule can name it: it is not there yet, or the right is about others.
        init?(_ right: Right, toOne target: ObjectTarget) {
            guard right.resource == nil, right.verb != "create" || right.subresource != nil else { return nil }
            self.right = right
            resource = target.resource.groupResource
            namespace = target.namespace
            name = target.name
        }
    }

    private enum Answer {
        case unknown, allowed
        case denied(String)
    }

    /// Rights are given and taken: an answer holds for so long, and afterwards until the next one is there.
    private static let lifetime = Duration.seconds(60)
    /// Rows go by fast: so many answers about single objects are kept, and so many are waited for at a time.
    private static let mostNames = 500
    private static let mostAsked = 8

    private let client: ClusterClient
    private var answers: [Question: (answer: Answer, asked: Instant)] = [:]
    /// How many questions about single objects wait for their answers.
    private var askedByName = 0
    /// Asks the server; tests answer for it.
    var review: @Sendable (ClusterClient, KubernetesObject) async -> KubernetesObject? = { client, review in
        let reviews = GroupVersionResource(group: "authorization.k8s.io", version: "v1", resource: "selfsubjectaccessreviews")
        return try? await client.create(review, as: reviews)
    }

    init(_ client: ClusterClient) {
        self.client = client
    }

    /// Why something is not allowed; nil when it is, and while that is not known. What is not known is asked.
    ///
    /// Who may not do it to all may still do it to this one: until that is known it is taken for denied, as for most it is.
    func denial(of right: Right, on target: ObjectTarget, in shell: Shell) -> String? {
        guard case .denied(let reason) = known(Question(right, target), in: shell) else { return nil }
        guard let own = Question(right, toOne: target), case .allowed = known(own, in: shell) else { return reason }
        return nil
    }

    /// What was answered last; what was never asked, or long ago, is asked.
    private func known(_ question: Question, in shell: Shell) -> Answer {
        let known = answers[question]
        let now = shell.now()
        guard known.map({ now >= $0.asked + Self.lifetime }) ?? true, question.name == nil || askedByName < Self.mostAsked else {
            return known?.answer ?? .unknown
        }
        if question.name != nil { makeRoomForName() }
        answers[question] = (known?.answer ?? .unknown, now)
        // Not counted as work: nobody waits for it.
        Task { [weak self, weak shell] in
            await self?.ask(question)
            if question.name != nil { self?.askedByName -= 1 }
            shell?.setNeedsDisplay()
        }
        return known?.answer ?? .unknown
    }

    private func makeRoomForName() {
        askedByName += 1
        if answers.keys.count(where: { $0.name != nil }) >= Self.mostNames { answers = answers.filter { $0.key.name == nil } }
    }

    /// Something to be done to an object.
    typealias Need = (right: Right, target: ObjectTarget)

    /// Asks the server before a person is asked: why something of all this is not allowed; nil when all of it is.
    func denial(of needs: [Need]) async -> String? {
        var answers: [Question: Answer] = [:]
        for need in needs {
            if let denial = await denial(of: need, &answers) { return denial }
        }
        return nil
    }

    /// Why each of this is not allowed; nil for what is. The server is asked each question once.
    func denials(of needs: [Need]) async -> [String?] {
        var answers: [Question: Answer] = [:]
        var denials: [String?] = []
        for need in needs { denials.append(await denial(of: need, &answers)) }
        return denials
    }

    /// Who may not do it to all may still do it to this one; what is not there yet has no name for a rule to give.
    private func denial(of need: Need, _ answers: inout [Question: Answer]) async -> String? {
        guard case .denied(let reason) = await answer(Question(need.right, need.target), &answers) else { return nil }
        guard let own = Question(need.right, toOne: need.target) else { return reason }
        guard case .denied = await answer(own, &answers) else { return nil }
        return reason
    }

    private func answer(_ question: Question, _ answers: inout [Question: Answer]) async -> Answer {
        if let known = answers[question] { return known }
        let answer = await ask(question)
        answers[question] = answer
        return answer
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
        if let name = question.name { attributes["name"] = .string(name) }
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
