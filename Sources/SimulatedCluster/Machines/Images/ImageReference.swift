/// An image's name in full: registry, repository, tag.
struct ImageReference: Hashable, CustomStringConvertible {
    var registry: String
    var repository: String
    var tag: String
    var digest: String?

    struct Failure: Error, Equatable {
        /// As the kubelet says it.
        let message: String
    }

    /// Reads `busybox`, `nginx:1.27`, `registry.k8s.io/pause:3.10`, `name@sha256:…`, with Docker's defaults for what is missing.
    init(_ text: String) throws(Failure) {
        let invalid = Failure(
            message: "Failed to apply default image tag \"\(text)\": couldn't parse image name \"\(text)\": invalid reference format")
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        digest = parts.count == 2 ? parts[1] : nil
        var path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let last = path.popLast(), !path.contains("") else { throw invalid }
        let name = last.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard name.count <= 2, Self.isName(name[0]), name.count < 2 || Self.isTag(name[1]) else { throw invalid }
        if let first = path.first, first.contains(".") || first.contains(":") || first == "localhost" {
            registry = path.removeFirst()
            if registry == "docker.io", path.isEmpty { path = ["library"] }
        } else {
            registry = "docker.io"
            if path.isEmpty { path = ["library"] }
        }
        guard path.allSatisfy(Self.isName) else { throw invalid }
        repository = (path + [name[0]]).joined(separator: "/")
        tag = name.count == 2 ? name[1] : "latest"
    }

    /// Without the tag.
    var name: String { "\(registry)/\(repository)" }
    var description: String { digest.map { "\(name)@\($0)" } ?? "\(name):\(tag)" }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLowerOrDigit(first) else { return false }
        return text.utf8.allSatisfy { isLowerOrDigit($0) || "._-".utf8.contains($0) }
    }

    private static func isTag(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 128 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
