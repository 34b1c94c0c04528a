extension [String] {
    /// At most `limit` lines, because a dialog has to fit the screen; the last one says how many are left out.
    func shortened(to limit: Int) -> [String] {
        count <= limit ? self : prefix(limit - 1) + ["… and \(count - limit + 1) more lines"]
    }
}
