/// Which lines of a container's log to read.
package struct LogOptions: Sendable, Hashable {
    /// Nil is fine for pods of one container.
    package var container: String?
    /// Goes on with lines as they are written.
    package var follows = false
    /// The log of the container's previous run.
    package var previous = false
    package var tailLines: Int?
    package var sinceSeconds: Int?
    /// RFC 3339.
    package var sinceTime: String?
    package var limitBytes: Int?
    /// Where an earlier stream ended: lines up to there are left out, so that nothing shows twice.
    package var resumesAfter: LogPosition?

    package init(
        container: String? = nil, follows: Bool = false, previous: Bool = false, tailLines: Int? = nil, sinceSeconds: Int? = nil,
        sinceTime: String? = nil, limitBytes: Int? = nil, resumesAfter: LogPosition? = nil
    ) {
        self.container = container
        self.follows = follows
        self.previous = previous
        self.tailLines = tailLines
        self.sinceSeconds = sinceSeconds
        self.sinceTime = sinceTime
        self.limitBytes = limitBytes
        self.resumesAfter = resumesAfter
    }

    /// Timestamps are always asked for: they are what a lost stream is resumed by.
    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = [("timestamps", "true")]
        if let container { query.append(("container", container)) }
        if follows { query.append(("follow", "true")) }
        if previous { query.append(("previous", "true")) }
        if let resumesAfter {
            query.append(("sinceTime", resumesAfter.sinceTime))
        } else {
            if let tailLines { query.append(("tailLines", String(tailLines))) }
            if let sinceTime {
                query.append(("sinceTime", sinceTime))
            } else if let sinceSeconds {
                query.append(("sinceSeconds", String(sinceSeconds)))
            }
        }
        if let limitBytes { query.append(("limitBytes", String(limitBytes))) }
        return query
    }
}

/// A place in a log: the time of the last line read, and how many lines read have that very time.
package struct LogPosition: Sendable, Hashable {
    /// RFC 3339 with the fraction the container runtime wrote.
    package var timestamp: String
    package var linesAtTimestamp: Int

    package init(timestamp: String, linesAtTimestamp: Int) {
        self.timestamp = timestamp
        self.linesAtTimestamp = linesAtTimestamp
    }

    /// The position after `line`, where this was the position before it. Lines without a timestamp change nothing.
    package static func after(_ line: LogLine, previous: LogPosition?) -> LogPosition? {
        guard let timestamp = line.timestamp else { return previous }
        let count = previous?.timestamp == timestamp ? (previous?.linesAtTimestamp ?? 0) + 1 : 1
        return LogPosition(timestamp: timestamp, linesAtTimestamp: count)
    }

    /// The whole second: servers compare `sinceTime` by seconds.
    var sinceTime: String {
        guard let dot = timestamp.firstIndex(of: ".") else { return timestamp }
        let zone = timestamp[dot...].dropFirst().drop { $0.isNumber }
        return String(timestamp[..<dot] + zone)
    }
}
