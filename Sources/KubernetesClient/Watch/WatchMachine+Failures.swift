extension WatchMachine {
    /// A request was not answered, was refused, or broke off; or the watch said so itself.
    mutating func failed(_ error: ClientError, now: Duration) -> Output {
        if error.cause == .cancelled { return Output(step: .stop) }
        switch phase {
        case .idle: return wait(for: error, then: fromTheStart(), now: now)
        case .listing: return listFailed(error, now: now)
        case .streamingList: return streamingListFailed(error, now: now)
        case .watching: return watchFailed(error, now: now)
        }
    }

    mutating func streamingListEnded(_ cause: ClientError.Cause, now: Duration) -> Output {
        unfinishedStreams += 1
        guard unfinishedStreams < 2 else {
            supportsStreamingList = false
            return Output(step: fromTheStart())
        }
        return wait(for: cause, then: fromTheStart(), now: now)
    }

    mutating func wait(for cause: ClientError.Cause, then next: Step, now: Duration) -> Output {
        wait(for: ClientError(.watch, cause: cause), then: next, now: now)
    }

    /// Tells of the failure, and waits before the next step.
    mutating func wait(for error: ClientError, then next: Step, now: Duration) -> Output {
        let delay = delay(after: error, now: now)
        isDegraded = true
        afterWait = next
        return Output(events: [.degraded(error, retryIn: delay)], step: .wait(delay))
    }

    private mutating func listFailed(_ error: ClientError, now: Duration) -> Output {
        if error.isExpired, list.request.continueToken != nil {
            // The pages' common version is gone: once more from the first page, then all in one.
            list.expiredTokens += 1
            return Output(step: listAnew(ListRequest(limit: list.expiredTokens == 1 ? Self.pageSize : nil)))
        }
        if list.request.notOlderThan != nil, error.isExpired || error.isTooLargeVersion {
            return Output(step: listAnew(ListRequest(limit: Self.pageSize)))
        }
        let request = ListRequest(
            limit: list.request.notOlderThan == nil ? Self.pageSize : nil, notOlderThan: list.request.notOlderThan
        )
        return wait(for: error, then: listAnew(request), now: now)
    }

    private mutating func streamingListFailed(_ error: ClientError, now: Duration) -> Output {
        if let code = error.statusCode, (400..<500).contains(code), ![401, 403, 410, 429].contains(code) {
            supportsStreamingList = false
            return Output(step: fromTheStart())
        }
        if error.isForbidden { return listInstead() }
        if case .silent = error.cause { return streamingListEnded(error.cause, now: now) }
        return wait(for: error, then: fromTheStart(), now: now)
    }

    /// Who may not watch may still list.
    private mutating func listInstead() -> Output {
        listsInsteadOfWatching = 0
        return Output(step: listAnew(ListRequest(limit: Self.pageSize)))
    }

    private mutating func watchFailed(_ error: ClientError, now: Duration) -> Output {
        if error.isForbidden { return listInstead() }
        guard error.isExpired else {
            return wait(for: error, then: watch(from: lastVersion), now: now)
        }
        expiredAtOnce = eventsSeen == 0 ? expiredAtOnce + 1 : 0
        // What a stale cache lists may be too old to be watched from: then only the latest version helps, and not too fast.
        guard expiredAtOnce < 3 else {
            expiredAtOnce = 0
            return wait(for: error, then: listAnew(ListRequest(limit: Self.pageSize)), now: now)
        }
        return Output(step: listAnew(ListRequest(notOlderThan: lastVersion)))
    }

    private mutating func delay(after error: ClientError, now: Duration) -> Duration {
        let computed = backoff.next(now: now, random: jitter())
        guard case .status(let status) = error.cause else { return computed }
        // What is forbidden, unknown or invalid stays so until somebody changes it.
        if (400..<500).contains(status.code), ![408, 409, 410, 429].contains(status.code) { return .seconds(60) }
        // A server that asks for more than this would leave the screen without news.
        return max(computed, .seconds(min(status.retryAfterSeconds ?? 0, 60)))
    }
}

extension ClientError {
    fileprivate var isTooLargeVersion: Bool {
        if case .status(let status) = cause { status.isTooLargeVersion } else { false }
    }
}
