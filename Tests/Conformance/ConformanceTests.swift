import Testing

/// The recorded answers of a real cluster are the truth that the simulated one is held against.
@Suite("Conformance")
struct ConformanceTests {
    @Test("a recorded request is answered as a real cluster did", arguments: try Recording.chosen.filter { !$0.usesKubectl })
    func agrees(_ recording: Recording) async throws {
        let differences = try await CaseRunner(recording).differences(to: recording)
        report(differences, of: recording)
    }

    @Test("every case that is known to differ has been recorded")
    func knownDifferencesExist() throws {
        #expect(try Recording.all.count > 200)
        #expect(try Set(KnownDifferences.reasons.keys).subtracting(Recording.all.map(\.title)).isEmpty)
    }

    /// A case on the list of known differences that agrees by now fails too: the list stays true.
    private func report(_ differences: [String], of recording: Recording) {
        guard Recording.only == nil, let reason = KnownDifferences.reasons[recording.title] else {
            if !differences.isEmpty { Issue.record(Comment(rawValue: "\(recording.title):\n    " + differences.joined(separator: "\n    "))) }
            return
        }
        if differences.isEmpty {
            Issue.record("\(recording.title) agrees by now: take it off the list of known differences (\(reason))")
        }
    }
}
