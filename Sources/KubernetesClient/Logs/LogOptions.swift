package import KubernetesModel

/// Which lines of a container's log to read.
package struct LogOptions: Sendable, Hashable {
    /// Nil is fine for pods of one container.
    package var container: String?
    /// Goes on with lines as they are written.
    package var follows = false
    /// The log of the container's previous run.
    package var previous = false
    package var tailLines: Int?
    package var since: Instant?
    package var limitBytes: Int?
    /// Where an earlier stream ended: lines up to there are left out, so that nothing shows twice.
    package var resumesAfter: LogPosition?

    package init(
        container: String? = nil, follows: Bool = false, previous: Bool = false, tailLines: Int? = nil, since: Instant? = nil,
        limitBytes: Int? = nil, resumesAfter: LogPosition? = nil
    ) {
        self.container = container
        self.follows = follows
        self.previous = previous
        self.tailLines = tailLines
        self.since = since
        self.limitBytes = limitBytes
        self.resumesAfter = resumesAfter
    }

    /// Timestamps are always asked for: they are what a lost stream is resumed by.
    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = [("timestamps", "true")]
        if let container { query.append(("container", container)) }
        if follows { query.append(("follow", "true")) }
        if previous { query.append(("previous", "true")) }
        if let tailLines, resumesAfter == nil { query.append(("tailLines", String(tailLines))) }
        // Servers compare by whole seconds: what comes twice by that, `LogPosition` sorts out.
        if let since = resumesAfter?.time ?? since { query.append(("sinceTime", KubernetesTime.seconds(since))) }
        if let limitBytes { query.append(("limitBytes", String(limitBytes))) }
        return query
    }
}

/// A place in a log: the time of the last line read, and how many of the lines read have that very time.
package struct LogPosition: Sendable, Hashable {
    package var time: Instant
    package var linesAtTime: Int

    package init(time: Instant, linesAtTime: Int = 1) {
        self.time = time
        self.linesAtTime = linesAtTime
    }

    /// The position after `lines`, which were read after `previous`. Lines without a time change nothing.
    package static func after(_ lines: [LogLine], previous: LogPosition?) -> LogPosition? {
        var position = previous
        for time in lines.compactMap(\.time) {
            if let current = position, current.time == time {
                position?.linesAtTime = current.linesAtTime + 1
            } else {
                position = LogPosition(time: time)
            }
        }
        return position
    }
}
