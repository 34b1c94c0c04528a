/// The cases that the simulated cluster is known to answer differently, and why.
///
/// A case leaves this list with the change that makes it agree; none is added without need.
enum KnownDifferences {
    static let reasons: [String: String] = [:]
}
