/// Why something could not be done: one sentence.
nonisolated struct ExplorerError: LoggableError, CustomStringConvertible {
    let description: String
    let logged: String

    /// - Parameter logged: what the log has instead, where it quotes others.
    init(_ description: String, logged: String? = nil) {
        self.description = description
        self.logged = logged ?? description
    }
}
