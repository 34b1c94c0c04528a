import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// What a view puts together from objects of several scopes: made anew when one of them changes, and never otherwise.
final class Composition<Value: Sendable, Content> {
    typealias Mirrors = [ReflectorScope: Mirror<Value>]

    /// What it is made of must be looked at first: of a cluster with many changes no more than a tenth of a processor's time is spent on it.
    private static var pausePerWork: Int { 9 }

    private(set) var content: Content? {
        didSet { version += 1 }
    }
    /// Another one for each content.
    private(set) var version = 0
    /// Why it could not be made lately.
    private(set) var problem: String?
    private let session: ClusterSession
    private weak var shell: Shell?
    private let scopes: (Mirrors) -> Set<ReflectorScope>
    private let make: (Mirrors) async throws -> Content
    private let live: LiveObjects<Value>
    private let wake: AsyncStream<Void>.Continuation
    private let changes: AsyncStream<Void>
    private var composing: Task<Void, Never>?
    private var isVisible = false
    /// Counted as work: the screen is not complete before.
    private var isAwaited = false {
        didSet {
            guard isAwaited != oldValue else { return }
            if isAwaited { shell?.work.begin() } else { shell?.work.end() }
        }
    }

    /// - Parameters:
    ///   - scopes: what it is made of, given what is known so far.
    ///   - read: what is kept of an object.
    ///   - make: puts it together once all of that has come, or can't.
    init(
        of session: ClusterSession, in shell: Shell, scopes: @escaping (Mirrors) -> Set<ReflectorScope>,
        read: @escaping @Sendable (KubernetesObject) -> Value, make: @escaping (Mirrors) async throws -> Content
    ) {
        self.session = session
        self.shell = shell
        self.scopes = scopes
        self.make = make
        let (changes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        (self.changes, self.wake) = (changes, wake)
        live = LiveObjects(of: session, now: shell.now, read: read) { wake.yield() }
    }

    deinit {
        composing?.cancel()
    }

    /// From now on it is looked at. What it follows it follows until it is let go, so that coming back shows it at once.
    func start() {
        isVisible = true
        isAwaited = content == nil && problem == nil
        live.follow(scopes(live.mirrors))
        remake()
        guard composing == nil else { return }
        composing = Task { [weak self, changes] in
            for await _ in changes {
                let begin = ContinuousClock.now
                guard await self?.compose() != nil else { return }
                let work = ContinuousClock.now - begin
                try? await Task.sleep(for: max(FramePacer.interval, work * Self.pausePerWork))
            }
        }
    }

    func stop() {
        isVisible = false
        isAwaited = false
    }

    /// Makes it anew soon.
    func remake() {
        wake.yield()
    }

    private func compose() async {
        guard isVisible else { return }
        let wanted = scopes(live.mirrors)
        live.follow(wanted)
        let mirrors = live.mirrors
        guard wanted.allSatisfy({ mirrors[$0]?.isSettled == true }) else {
            shell?.setNeedsDisplay()
            return
        }
        do {
            // Of what nothing is known it must not be said that there is nothing.
            if !wanted.isEmpty, wanted.allSatisfy({ mirrors[$0]?.isComplete != true }) {
                throw ExplorerError(wanted.lazy.compactMap { mirrors[$0]?.problem }.first ?? "Nothing is known of it")
            }
            content = try await make(mirrors)
            problem = nil
        } catch {
            problem = FailureText.of(error)
        }
        isAwaited = false
        shell?.setNeedsDisplay()
    }

    /// How far it can be trusted: what the frame says of it.
    func note(_ trust: TrustNote) -> StyledText {
        let states = live.mirrors.map { ($0.key.resource.resource, session.trusted($0.value.state, at: trust.now)) }
        if let note = trust.text(of: states) { return note }
        if let problem { return StyledText(problem, trust.theme[.stale]) }
        return content == nil ? trust.text(of: .loading(loaded: 0, total: nil)) : StyledText()
    }
}
