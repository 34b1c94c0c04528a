import KubernetesModel
import NIOSSL
import Testing

@testable import KubernetesClient

@Suite("Client errors")
struct ClientErrorTests {
    private static let deployments = GroupVersionResource(group: "apps", resource: "deployments")

    @Test(
        "an operation is named with what it was about",
        arguments: [
            (ClientError.Operation.list, ClientError.Target(deployments), "Can't list deployments.apps: "),
            (.watch, .init(deployments, namespace: "shop"), "Can't watch deployments.apps in namespace shop: "),
            (.get, .init(deployments, namespace: "shop", name: "cart"), "Can't read deployments.apps/cart in namespace shop: "),
            (
                .update, .init(deployments, namespace: "shop", name: "cart", subresource: "scale"),
                "Can't update scale of deployments.apps/cart in namespace shop: "
            ),
            (.discover, .init(path: "/apis"), "Can't ask the cluster for its resources: "),
            (.request(method: "GET"), .init(path: "/version"), "Can't GET /version: "),
        ])
    func operations(operation: ClientError.Operation, target: ClientError.Target, prefix: String) {
        #expect(ClientError(operation, target, cause: .cancelled).description == prefix + "it was cancelled")
    }

    @Test(
        "each cause is a sentence to act on",
        arguments: [
            (
                ClientError.Cause.nameNotResolved(host: "api.corp"),
                "the name api.corp can't be resolved; check the server's address in the kubeconfig and this machine's DNS"
            ),
            (.refused(address: "h:1"), "nothing listens on h:1 (connection refused); is the cluster running?"),
            (.unreachable(address: "h:1", reason: "no route to the host"), "h:1 can't be reached (no route to the host)"),
            (.timedOut(address: "h:1"), "h:1 did not answer in time"),
            (
                .tls(.untrusted),
                "the server's certificate is not signed by an authority the kubeconfig trusts; check certificate-authority of the cluster"
            ),
            (
                .tls(.clientCertificateRefused),
                "the server did not accept the client certificate; it may have expired, or belong to another cluster"
            ),
            (
                .status(.init(code: 401, reason: "Unauthorized", message: "Unauthorized")),
                "the cluster did not accept the credentials (401); log in again or check the user in the kubeconfig"
            ),
            (.status(.init(code: 404, message: "pods \"a\" not found")), "pods \"a\" not found (404)"),
            (.status(.init(code: 409, reason: "AlreadyExists", message: "pods \"a\" already exists")), "pods \"a\" already exists (409)"),
            (
                .status(.init(code: 410, reason: "Expired", message: "too old")),
                "the cluster no longer has that version of the data (410): too old"
            ),
            (
                .status(.init(code: 422, reason: "Invalid", message: "spec.replicas: must be ≥ 0")),
                "the cluster refuses it as invalid (422): spec.replicas: must be ≥ 0"
            ),
            (
                .status(.init(code: 429, reason: "TooManyRequests", message: "later", retryAfterSeconds: 3)),
                "the cluster has too much to do (429): later; try again in 3 s"
            ),
            (.status(.init(code: 503, message: "starting")), "the cluster failed (503): starting"),
            (.notUnderstood("it is not HTTP"), "the server's answer is not the Kubernetes API's: it is not HTTP"),
            (.closedEarly, "the connection was closed before the answer was complete"),
        ])
    func causes(cause: ClientError.Cause, sentence: String) {
        #expect(ClientError(.list, cause: cause).reason == sentence)
    }

    @Test("a certificate for another name is told with the name that was expected")
    func wrongName() {
        let server = ServerAddress(host: "api.corp", port: 6443)
        let error = NIOSSLExtraError.failedToValidateHostname
        #expect(ClientError.Cause(transport: error, server: server, serverName: nil) == .tls(.wrongName("api.corp")))
        #expect(ClientError.Cause(transport: error, server: server, serverName: "inner") == .tls(.wrongName("inner")))
    }

    @Test("what a server says can't move the cursor or turn the line around")
    func controlCharacters() {
        let error = ClientError(.list, cause: .status(.init(code: 500, message: "a\u{1B}[2J\nb\u{202E}c")))
        #expect(error.reason == #"the cluster failed (500): a\u{1b}[2J b\u{202e}c"#)
    }

    @Test(
        "warnings for people are unquoted; others are passed over",
        arguments: [
            (#"299 - "policy/v1beta1 is \"deprecated\"""#, #"policy/v1beta1 is "deprecated""#), (#"110 - "stale""#, nil),
            (#"299 - "half"#, nil),
        ] as [(String, String?)])
    func warnings(header: String, text: String?) {
        #expect(ServerWarning.text(of: header) == text)
    }

    @Test("an answer that is no Status is quoted in short")
    func foreignStatus() {
        let status = ServerStatus(code: 502, body: Array("<html>\n  Bad\tgateway".utf8), retryAfter: "12")
        #expect(status == ServerStatus(code: 502, message: "<html> Bad gateway", retryAfterSeconds: 12))
    }
}
