import Foundation

extension Kubeconfig {
    /// Reads the kubeconfig as kubectl finds it: the file named, which must exist; or those of `KUBECONFIG`, of which some
    /// may be missing; or `~/.kube/config`, which may be missing too.
    package static func load(
        path: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment, files: FileAccess = .disk
    ) throws(KubeconfigError) -> Kubeconfig {
        if let path { return try Kubeconfig(text: read(path, files), file: path) }
        var merged = Kubeconfig()
        for path in paths(environment) where files.exists(path) {
            merged.merge(try Kubeconfig(text: read(path, files), file: path))
        }
        return merged
    }

    /// Where kubeconfigs are looked for when none is named.
    static func paths(_ environment: [String: String]) -> [String] {
        if let list = environment["KUBECONFIG"], !list.isEmpty {
            var seen: Set<String> = []
            return list.split(separator: ":").map(String.init).filter { seen.insert($0).inserted }
        }
        return UserFolders(environment: environment).home.map { ["\($0)/.kube/config"] } ?? []
    }

    private static func read(_ path: String, _ files: FileAccess) throws(KubeconfigError) -> String {
        do {
            return try files.read(path)
        } catch {
            throw KubeconfigError("the kubeconfig can't be read: \(FileAccess.reason(error, path: path))")
        }
    }
}
