import NIOHTTP1

/// Finds out whether a server that says nothing is still there: connections may stay open for minutes after the other end has died.
package struct Heartbeat: Sendable {
    /// What has come to be known.
    package enum News: Sendable, Hashable {
        case lost(ClientError)
        case back
    }

    /// After so much silence the server is asked; one that is lost is asked as often.
    private static let interval = Duration.seconds(5)
    /// Where credentials are missing or rejected: the plugin that gets them must not be run all the time.
    private static let longInterval = Duration.seconds(30)

    private let client: ClusterClient
    private let limit: Duration
    private let timing: ReflectorTiming

    package init(_ client: ClusterClient) {
        self.init(client, limit: .seconds(5), timing: .real)
    }

    /// - Parameter limit: how long an answer may take to begin.
    init(_ client: ClusterClient, limit: Duration, timing: ReflectorTiming) {
        self.client = client
        self.limit = limit
        self.timing = timing
    }

    /// Looks after the server until the task is cancelled. Watches that may have lost their connection meanwhile begin anew when it is back.
    package func run(tell: (News) async -> Void) async {
        var isLost = false
        var pause = Self.interval
        while !Task.isCancelled, (try? await timing.sleep(pause)) != nil {
            pause = Self.interval
            do throws(ClientError) {
                // What it says to others is a sign of life, too.
                if client.silence.map({ $0 >= Self.interval }) ?? true { pause = try await ask() }
                guard isLost else { continue }
                isLost = false
                client.retryNow()
                client.renewWatches()
                await tell(.back)
            } catch {
                guard !Task.isCancelled else { return }
                guard error.isOfConnection else {
                    pause = Self.longInterval
                    continue
                }
                isLost = true
                await tell(.lost(error))
            }
        }
    }

    /// Any answer is a sign of life, a refusal too.
    /// - Returns: when to ask again at the earliest.
    private func ask() async throws(ClientError) -> Duration {
        let call = APICall(operation: .discover, target: .init(path: "/version"), method: .GET, path: "/version", patience: limit)
        do throws(ClientError) {
            do throws(ClientError) {
                _ = try await client.answer(call)
            } catch {
                // A connection that was kept may have been closed since, which tells nothing.
                guard error.cause == .closedEarly else { throw error }
                _ = try await client.answer(call)
            }
            return Self.interval
        } catch {
            guard let status = error.statusCode else { throw error }
            return status == 401 ? Self.longInterval : Self.interval
        }
    }
}

extension ClientError {
    /// Whether it is about the way to the server, not about what this machine has to show there.
    fileprivate var isOfConnection: Bool {
        switch cause {
        case .nameNotResolved, .refused, .unreachable, .timedOut, .closedEarly, .silent: true
        default: false
        }
    }
}
