/// What someone who repairs a lab was told on the way.
package struct LabHelp: Sendable, Hashable {
    package var hintsTaken = 0
    package var hasReadSolution = false

    package init(hintsTaken: Int = 0, hasReadSolution: Bool = false) {
        self.hintsTaken = hintsTaken
        self.hasReadSolution = hasReadSolution
    }
}
