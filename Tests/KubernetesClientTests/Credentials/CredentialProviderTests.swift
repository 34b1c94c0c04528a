import Glibc
import KubernetesModel
import Synchronization
import Testing

@testable import KubernetesClient

@Suite("Credentials")
struct CredentialProviderTests {
    /// A clock and a plugin that the test moves.
    private final class World: Sendable {
        struct State {
            var now = Duration.seconds(1000)
            var date = Instant(seconds: 1_785_578_400)
            var runs: [Program] = []
            var fileText: String? = "from-file\n"
        }

        let state = Mutex(State())
        /// The plugin's answer to its run of a number, from 1.
        let answer: @Sendable (Int) -> Program.Result

        init(answer: @escaping @Sendable (Int) -> Program.Result = { World.token("token-\($0)") }) {
            self.answer = answer
        }

        static func token(_ token: String, expires: String? = nil, apiVersion: String = version) -> Program.Result {
            let expiration = expires.map { #","expirationTimestamp":"\#($0)""# } ?? ""
            let output = #"{"kind":"ExecCredential","apiVersion":"\#(apiVersion)","spec":{},"status":{"token":"\#(token)"\#(expiration)}}"#
            return Program.Result(output: output, error: "", status: 0)
        }

        static let version = "client.authentication.k8s.io/v1beta1"

        var runs: [Program] { state.withLock { $0.runs } }

        func pass(_ seconds: Int) {
            state.withLock { state in
                state.now += .seconds(seconds)
                state.date = state.date + .seconds(seconds)
            }
        }

        func provider(_ login: ClusterConfiguration.Login) -> CredentialProvider {
            CredentialProvider(
                .init(login: login),
                clock: .init(now: { self.state.withLock { $0.now } }, date: { self.state.withLock { $0.date } }),
                files: FileAccess(
                    read: { _ in
                        struct Unreadable: Error {}
                        guard let text = self.state.withLock({ $0.fileText }) else { throw Unreadable() }
                        return text
                    },
                    exists: { _ in true }
                ),
                programs: ProgramRunner(
                    run: { program in
                        let number = self.state.withLock { state in
                            state.runs.append(program)
                            return state.runs.count
                        }
                        return self.answer(number)
                    },
                    isExecutable: { $0.hasSuffix("/aws") }
                )
            )
        }

        var plugin: ClusterConfiguration.Login {
            .exec(.init(apiVersion: Self.version, command: "aws", arguments: ["eks", "get-token"], environment: ["AWS_PROFILE": "dev"]))
        }
    }

    private func header(_ provider: CredentialProvider) async throws -> String? {
        try await provider.current().header?.value
    }

    private func problem(_ provider: CredentialProvider) async -> String? {
        let cause = await #expect(throws: ClientError.Cause.self) { try await provider.current() }
        return cause?.sentence
    }

    @Test("a plugin is run once, with its arguments, its environment and the request's description")
    func plugin() async throws {
        let world = World()
        let provider = world.provider(world.plugin)
        #expect(try await header(provider) == "Bearer token-1")
        world.pass(86_400)
        #expect(try await header(provider) == "Bearer token-1")
        let run = try #require(world.runs.first)
        #expect(world.runs.count == 1)
        #expect(run.arguments == ["eks", "get-token"])
        #expect(run.environment["AWS_PROFILE"] == "dev")
        let info = try JSONParser.parse(run.environment["KUBERNETES_EXEC_INFO"] ?? "")
        #expect(info == ["apiVersion": .string(World.version), "kind": "ExecCredential", "spec": ["interactive": false]])
    }

    @Test("what expires is renewed a minute before")
    func expiry() async throws {
        let world = World { World.token("token-\($0)", expires: $0 == 1 ? "2026-08-01T10:14:00Z" : nil) }
        let provider = world.provider(world.plugin)
        _ = try await header(provider)
        world.pass(12 * 60)
        #expect(try await header(provider) == "Bearer token-1")
        world.pass(61)
        #expect(try await header(provider) == "Bearer token-2")
    }

    @Test("rejected credentials are renewed once for all who were rejected with them")
    func rejection() async throws {
        let world = World()
        let provider = world.provider(world.plugin)
        let first = try await provider.current()
        #expect(try await provider.renewed(after: first)?.header?.value == "Bearer token-2")
        #expect(try await provider.renewed(after: first)?.header?.value == "Bearer token-2")
        #expect(world.runs.count == 2)
    }

    @Test("many who ask at once wait for one plugin")
    func singleFlight() async throws {
        let world = World()
        let provider = world.provider(world.plugin)
        try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<20 { group.addTask { try await provider.current().header?.value } }
            for try await header in group { #expect(header == "Bearer token-1") }
        }
        #expect(world.runs.count == 1)
    }

    @Test("a request that is given up waits for no plugin, which goes on for the others", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let configuration = ExecPluginConfiguration(apiVersion: World.version, command: "aws")
        let runner = ProgramRunner(
            run: { _ in
                begin.yield()
                for await _ in gate { break }
                return World.token("late")
            }, isExecutable: { _ in true })
        let provider = CredentialProvider(.init(login: .exec(configuration)), programs: runner)
        let impatient = Task { try await provider.current() }
        for await _ in begun { break }
        impatient.cancel()
        let given = await impatient.result
        #expect(throws: ClientError.Cause.cancelled) { try given.get() }
        async let patient = provider.current()
        open.yield()
        #expect(try await patient.header?.value == "Bearer late")
    }

    @Test(
        "a plugin that fails is quoted; one that answers nonsense is told so",
        arguments: [
            (
                Program.Result(output: "", error: "\nToken has expired\nrun aws sso login\n", status: 255),
                "`aws eks get-token` failed (exit status 255): Token has expired run aws sso login"
            ),
            (Program.Result(output: "", error: "", status: nil), "`aws eks get-token` did not end within 60 s"),
            (
                Program.Result(output: "hello", error: "", status: 0),
                "`aws eks get-token` gave no credentials: what it printed is not an ExecCredential"
            ),
            (
                World.token("t", apiVersion: "client.authentication.k8s.io/v1"),
                "`aws eks get-token` gave no credentials: it answered in client.authentication.k8s.io/v1, but the kubeconfig says client.authentication.k8s.io/v1beta1"
            ),
            (World.token(""), "`aws eks get-token` gave no credentials: its answer has neither a token nor a client certificate"),
            (World.token("t", expires: "soon"), "`aws eks get-token` gave no credentials: its expirationTimestamp is no time"),
        ])
    func pluginFailures(result: Program.Result, sentence: String) async {
        let world = World { _ in result }
        #expect(await problem(world.provider(world.plugin)) == sentence)
    }

    @Test("a plugin's options, which may carry secrets, are not told")
    func pluginSecrets() async {
        let world = World { _ in Program.Result(output: "", error: "", status: 1) }
        let configuration = ExecPluginConfiguration(
            apiVersion: World.version, command: "aws", arguments: ["oidc-login", "get-token", "--oidc-client-secret=hush", "hush"]
        )
        #expect(await problem(world.provider(.exec(configuration))) == "`aws oidc-login get-token` failed (exit status 1)")
    }

    @Test("a plugin that isn't installed comes with its hint; one that insists on a terminal isn't run")
    func pluginNotRun() async {
        let world = World()
        var configuration = ExecPluginConfiguration(apiVersion: World.version, command: "gke", installHint: "see example.com")
        #expect(
            await problem(world.provider(.exec(configuration)))
                == "the program gke, which the kubeconfig asks for credentials, is not installed; see example.com")
        configuration.command = "aws"
        configuration.interactiveMode = .always
        #expect(await problem(world.provider(.exec(configuration)))?.contains("terminal") == true)
        #expect(world.runs.isEmpty)
    }

    @Test("a token file is read again after a minute, and its last token outlives it")
    func tokenFile() async throws {
        let world = World()
        let provider = world.provider(.tokenFile(path: "/token", fallback: nil))
        #expect(try await header(provider) == "Bearer from-file")
        world.state.withLock { $0.fileText = "new" }
        #expect(try await header(provider) == "Bearer from-file")
        world.pass(60)
        #expect(try await header(provider) == "Bearer new")
        world.state.withLock { $0.fileText = nil }
        world.pass(60)
        #expect(try await header(provider) == "Bearer new")
    }

    @Test("a rejected token is renewed only when the file has another")
    func rejectedTokenFile() async throws {
        let world = World()
        let provider = world.provider(.tokenFile(path: "/token", fallback: nil))
        let first = try await provider.current()
        #expect(try await provider.renewed(after: first) == nil)
        world.state.withLock { $0.fileText = "new" }
        #expect(try await provider.renewed(after: first)?.header?.value == "Bearer new")
    }

    @Test("the token beside an unreadable file is used; without one it is an error")
    func tokenFallback() async throws {
        let world = World()
        world.state.withLock { $0.fileText = nil }
        #expect(try await header(world.provider(.tokenFile(path: "/token", fallback: Secret("inline")))) == "Bearer inline")
        #expect(
            await problem(world.provider(.tokenFile(path: "/token", fallback: nil)))?.hasPrefix("the token file can't be read: /token")
                == true)
    }

    @Test("a user and a password are sent as basic authentication")
    func basic() async throws {
        #expect(try await header(World().provider(.basic(user: "a", password: Secret("b")))) == "Basic YTpi")
    }

    @Test("programs are run with their own output, errors and status")
    func processes() async throws {
        let program = Program(path: "/bin/sh", arguments: ["-c", "read line; echo out$X; echo err >&2; exit 3"], environment: ["X": "1"])
        let result = try await ProgramRunner.processes.run(program)
        #expect(result.output == "out1\n")
        #expect(result.error == "err\n")
        #expect(result.status == 3)
    }

    @Test("what a program leaves behind keeps nobody waiting for the pipes that it holds")
    func heldPipes() async throws {
        let program = Program(path: "/bin/sh", arguments: ["-c", "sleep 600 & echo $!"], environment: ["PATH": "/usr/bin:/bin"])
        let result = try await ProgramRunner.processes.run(program)
        #expect(result.status == 0)
        let left = try #require(Int32(result.output.dropLast()))
        #expect(kill(left, SIGKILL) == 0)
    }

    @Test("of what a program writes without end the end is kept")
    func muchOutput() async throws {
        let script = "head -c 3000000 /dev/zero | tr '\\0' x; echo end"
        let program = Program(path: "/bin/sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
        let result = try await ProgramRunner.processes(timeLimit: nil, grace: .seconds(60)).run(program)
        #expect(result.output.utf8.count == 1 << 20 && result.output.hasSuffix("xend\n"))
    }

    @Test("a program that takes too long is killed, and told by having no status")
    func timeLimit() async throws {
        let program = Program(path: "/bin/sh", arguments: ["-c", "echo before; exec sleep 600"], environment: ["PATH": "/usr/bin:/bin"])
        let result = try await ProgramRunner.processes(timeLimit: .seconds(1)).run(program)
        #expect(result.status == nil)
    }
}
