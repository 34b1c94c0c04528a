import KubernetesModel

/// What a path means: a collection, an object or a subresource of one version of a group.
struct RequestTarget: Hashable {
    var groupVersion: GroupVersion
    var resource: String
    var namespace: String?
    var name: String?
    var subresource: String?
    /// What follows the subresource, for proxies: as it was sent, without the leading slash.
    var rest = ""
    /// From the old form of watch requests, `/api/v1/watch/…`.
    var isWatchPath = false

    var gvr: GroupVersionResource { GroupVersionResource(groupVersion: groupVersion, resource: resource) }

    /// Nil when the path names no resource. An escape that is no UTF-8 makes it name none.
    init?(path: String) {
        let pieces = path.split(separator: "/", omittingEmptySubsequences: true)
        var parts = pieces.map(String.init)
        guard let root = parts.first else { return nil }
        switch root {
        case "api" where parts.count >= 3:
            groupVersion = GroupVersion(group: "", version: parts[1])
            parts.removeFirst(2)
        case "apis" where parts.count >= 4:
            groupVersion = GroupVersion(group: parts[1], version: parts[2])
            parts.removeFirst(3)
        default: return nil
        }
        let decoded = parts.compactMap(PercentEncoding.decode)
        guard decoded.count == parts.count else { return nil }
        parts = decoded
        if parts.first == "watch", parts.count > 1 {
            isWatchPath = true
            parts.removeFirst()
        }
        self.resource = ""
        guard takeNamespace(&parts) else { return }
        guard let resource = parts.first else { return nil }
        self.resource = resource
        name = parts.count > 1 ? parts[1] : nil
        subresource = parts.count > 2 ? parts[2] : nil
        guard parts.count > 2 else { return }
        let end = pieces[pieces.count - parts.count + 2].endIndex
        rest = String(path[end...].dropFirst())
    }

    /// `namespaces/X/pods` is about pods in X; `namespaces/X` and its own subresources are about the namespace.
    ///
    /// - Returns: false when the target is complete.
    private mutating func takeNamespace(_ parts: inout [String]) -> Bool {
        guard parts.first == "namespaces", parts.count > 1 else { return true }
        let isOwnSubresource = parts.count == 3 && ["status", "finalize"].contains(parts[2])
        if parts.count > 2, !isOwnSubresource {
            namespace = parts[1]
            parts.removeFirst(2)
            return true
        }
        resource = "namespaces"
        name = parts[1]
        subresource = parts.count > 2 ? parts[2] : nil
        if groupVersion.group.isEmpty { namespace = parts[1] }
        return false
    }
}

/// Percent-encoding of URLs.
package enum PercentEncoding {
    /// Nil when an escape is broken or the bytes are no UTF-8.
    package static func decode(_ text: String) -> String? {
        decode(text, plusIsSpace: false)
    }

    /// Splits a query and decodes its names and values; a broken one stays as it was sent.
    package static func query(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&", omittingEmptySubsequences: true).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = decode(parts[0], plusIsSpace: true) ?? parts[0]
            let value = parts.count > 1 ? decode(parts[1], plusIsSpace: true) ?? parts[1] : ""
            return (name, value)
        }
    }

    /// A query of these names and values.
    package static func encode(_ query: [(name: String, value: String)]) -> String {
        query.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    private static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            if scalar.properties.isAlphabetic && scalar.isASCII || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decode(_ text: String, plusIsSpace: Bool) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }) else { return text }
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }
}

extension RequestTarget {
    /// Whether a request for a list wants its changes. Anything but a no means yes, as in Kubernetes.
    func isWatch(_ request: APIRequest) -> Bool {
        isWatchPath || request.parameter("watch").map { !["0", "false"].contains($0.lowercased()) } ?? false
    }
}
