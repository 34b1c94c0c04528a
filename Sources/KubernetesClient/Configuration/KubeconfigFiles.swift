import Foundation
import Synchronization

/// The kubeconfig while a program runs: as its files are, or, while they can't be read, as they were when they last could.
package final class KubeconfigFiles: Sendable {
    private let path: String?
    private let environment: [String: String]
    private let files: FileAccess
    private let state: Mutex<(good: Kubeconfig, texts: [String?])>

    /// - Parameter path: nil for the files that kubectl finds.
    package init(
        path: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment, files: FileAccess = .disk
    ) throws(KubeconfigError) {
        self.path = path
        self.environment = environment
        self.files = files
        let texts = Self.texts(path, environment, files)
        state = Mutex((try Kubeconfig.load(path: path, environment: environment, files: files), texts))
    }

    /// What they say at this moment.
    package var current: Kubeconfig {
        let good = state.withLock(\.good)
        guard let read = try? Kubeconfig.load(path: path, environment: environment, files: files), !read.isEmpty else { return good }
        return read
    }

    /// What they say, where that is something else than the last time; nil where it is not. Of files that can't be read it is told once.
    package func changed() throws(KubeconfigError) -> Kubeconfig? {
        let texts = Self.texts(path, environment, files)
        guard state.withLock({ $0.texts != texts }) else { return nil }
        state.withLock { $0.texts = texts }
        let read = try Kubeconfig.load(path: path, environment: environment, files: files)
        return try state.withLock { state throws(KubeconfigError) in
            if read.isEmpty, !state.good.isEmpty {
                let places = Self.paths(path, environment).joined(separator: ", ")
                throw KubeconfigError(texts.contains { $0 != nil } ? "the kubeconfig is empty" : "the kubeconfig is gone: \(places)")
            }
            guard read != state.good else { return nil }
            state.good = read
            return read
        }
    }

    private static func texts(_ path: String?, _ environment: [String: String], _ files: FileAccess) -> [String?] {
        paths(path, environment).map { try? files.read($0) }
    }

    private static func paths(_ path: String?, _ environment: [String: String]) -> [String] {
        path.map { [$0] } ?? Kubeconfig.paths(environment)
    }
}
