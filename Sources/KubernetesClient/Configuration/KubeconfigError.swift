import KubernetesModel

/// Why a kubeconfig can't be used: one sentence with the file and the entry to mend.
package struct KubeconfigError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Nil when it is about no file in particular.
    package var file: String?
    /// `user "alice"`; nil when it is about the whole file.
    package var entry: String?
    package var problem: String

    package init(file: String? = nil, entry: String? = nil, _ problem: String) {
        self.file = file
        self.entry = entry
        self.problem = problem
    }

    package var description: String {
        let place = [file, entry].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
        return VisibleText.of(place.isEmpty ? problem : "\(place): \(problem)")
    }
}
