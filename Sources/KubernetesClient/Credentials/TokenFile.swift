/// A token in a file that somebody else keeps fresh, as a pod's service account's: read anew once a minute.
struct TokenFile: Sendable {
    private static let lifetime = Duration.seconds(50)

    private let path: String
    private let fallback: Secret?
    private let files: FileAccess
    private var last: (token: Secret, readAt: Duration)?

    init(path: String, fallback: Secret?, files: FileAccess) {
        self.path = path
        self.fallback = fallback
        self.files = files
    }

    /// - Throws: `.credentials` when the file can't be read and there never was a token.
    mutating func token(now: Duration) throws(ClientError.Cause) -> Secret {
        if let last, now - last.readAt < Self.lifetime { return last.token }
        let token: Secret
        do {
            token = Secret(try files.read(path).trimmed)
        } catch {
            // The file may be in the middle of being replaced.
            if let known = last?.token ?? fallback { return known }
            throw .credentials("the token file can't be read: \(FileAccess.reason(error, path: path))")
        }
        guard !token.value.isEmpty else {
            if let known = last?.token ?? fallback { return known }
            throw .credentials("the token file \(path) is empty")
        }
        last = (token, now)
        return token
    }

    mutating func forget() {
        last?.readAt -= Self.lifetime
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
