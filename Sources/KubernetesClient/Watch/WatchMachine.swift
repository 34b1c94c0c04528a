import KubernetesModel

/// Decides how the objects of a scope are followed: when to list, when to watch and from which version, when to wait, and
/// what to tell. It does no I/O and knows no clock; whoever runs it performs the steps and reports what came of them.
///
/// ```
/// streaming list ──mark──▶ watching ──end──▶ watching (same version)
///       │ not supported      ▲  │ 410
///       ▼                    │  ▼
///    listing ──last page─────┘  listing (not older than what was seen)
/// ```
/// A failure anywhere leads to waiting, and from there back to where it happened.
struct WatchMachine: Sendable {
    /// What to do next.
    enum Step: Sendable, Hashable {
        case list(ListRequest)
        case watch(WatchRequest)
        case wait(Duration)
        case stop
    }

    /// What an input comes to. Without a step, what is going on goes on.
    struct Output: Sendable, Hashable {
        var events: [ReflectorEvent] = []
        var step: Step?
    }

    struct ListRequest: Sendable, Hashable {
        var limit: Int?
        var continueToken: String?
        /// Data of this version or a later one will do; nil asks for the latest.
        var notOlderThan: String?
    }

    struct WatchRequest: Sendable, Hashable {
        /// Nil begins with all objects that exist: a streaming list.
        var resourceVersion: String?
        var timeoutSeconds: Int
    }

    enum Phase: Sendable, Hashable {
        case idle
        case listing
        /// A watch that begins with the existing objects, until the mark at their end.
        case streamingList
        case watching
    }

    static let pageSize = 500

    var phase = Phase.idle
    /// The version up to which everything was told; nil before the first list.
    var lastVersion: String?
    /// False once the server has shown that it can't: the client remembers it per group and version.
    var supportsStreamingList: Bool
    var backoff = Backoff()
    var isDegraded = false
    /// Lists since watching was found forbidden; nil while it is not known to be. Who may only list is shown what was listed last.
    var listsInsteadOfWatching: Int?
    /// Where waiting leads.
    var afterWait: Step?

    /// Streaming lists in a row that ended before the mark.
    var unfinishedStreams = 0
    /// Watches in a row that ended at once without an event.
    var shortWatches = 0
    /// Since the watch was opened.
    var eventsSeen = 0
    var bookmarksSeen = false
    /// The version was too old for a watch although the list had just given it.
    var expiredAtOnce = 0

    /// Of the list coming in.
    var list = ListProgress()

    struct ListProgress: Sendable, Hashable {
        var request = ListRequest(limit: WatchMachine.pageSize)
        /// `.restarting` has been told.
        var isAnnounced = false
        var loaded = 0
        var firstPageVersion: String?
        /// Lists begun again because a page's token had expired.
        var expiredTokens = 0
    }

    private let random: @Sendable () -> Double

    /// - Parameter random: gives numbers in 0..<1, for jitter.
    init(supportsStreamingList: Bool, random: @escaping @Sendable () -> Double) {
        self.supportsStreamingList = supportsStreamingList
        self.random = random
    }

    mutating func begin() -> Output {
        Output(step: fromTheStart())
    }

    mutating func wokeUp() -> Output {
        Output(step: afterWait ?? fromTheStart())
    }

    // MARK: Listing

    /// Objects of the page that is coming in.
    mutating func listed(_ objects: [KubernetesObject]) -> Output {
        var output = Output(events: announcements())
        output.events += objects.map { .initial($0) }
        list.loaded += objects.count
        return output
    }

    /// The page is complete.
    mutating func pageEnded(_ page: ListPage) -> Output {
        var output = Output(events: announcements())
        if list.firstPageVersion == nil { list.firstPageVersion = page.resourceVersion }
        if let token = page.continueToken {
            output.events.append(.progress(loaded: list.loaded, remaining: page.remaining))
            list.request = ListRequest(limit: list.request.limit, continueToken: token)
            output.step = .list(list.request)
            return output
        }
        let version = page.resourceVersion.isEmpty ? list.firstPageVersion ?? "" : page.resourceVersion
        lastVersion = version
        output.events += [.progress(loaded: list.loaded, remaining: 0), .ready(resourceVersion: version)]
        output.step = listsInsteadOfWatching == nil ? watch(from: version) : listAgainLater()
        return output
    }

    /// After some lists the right is asked for anew: somebody may have given it.
    private mutating func listAgainLater() -> Step {
        let count = (listsInsteadOfWatching ?? 0) + 1
        listsInsteadOfWatching = count < Self.listsBeforeWatching ? count : nil
        afterWait = listsInsteadOfWatching == nil ? fromTheStart() : listAnew(ListRequest(limit: Self.pageSize))
        return .wait(Self.listInterval)
    }

    static let listInterval = Duration.seconds(10)
    static let listsBeforeWatching = 12

    // MARK: Steps

    /// Everything anew, at the latest version.
    mutating func fromTheStart() -> Step {
        guard supportsStreamingList else { return listAnew(ListRequest(limit: Self.pageSize)) }
        list = ListProgress()
        return watch(from: nil)
    }

    mutating func listAnew(_ request: ListRequest) -> Step {
        let expiredTokens = list.expiredTokens
        list = ListProgress(request: request)
        if request.limit == nil || expiredTokens < 2 { list.expiredTokens = expiredTokens }
        phase = .listing
        return .list(request)
    }

    mutating func watch(from version: String?) -> Step {
        phase = version == nil ? .streamingList : .watching
        eventsSeen = 0
        bookmarksSeen = false
        return .watch(WatchRequest(resourceVersion: version, timeoutSeconds: 300 + Int(random() * 300)))
    }

    /// What consumers are told when the server has answered, before anything else.
    mutating func announcements() -> [ReflectorEvent] {
        var events: [ReflectorEvent] = []
        if isDegraded { events.append(.recovered) }
        isDegraded = false
        if phase != .watching, !list.isAnnounced {
            events.append(.restarting)
            list.isAnnounced = true
        }
        return events
    }

    func jitter() -> Double { random() }
}
