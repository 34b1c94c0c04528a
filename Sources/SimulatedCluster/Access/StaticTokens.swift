/// Bearer tokens that users bring along, which never expire: what a real API server reads with `--token-auth-file`.
package struct StaticTokens: Sendable {
    /// Why the text is no list of tokens; never says a token.
    package struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    private var users: [String: UserInfo] = [:]

    /// None.
    package init() {}

    /// - Parameter csv: lines of `token,user,uid` or `token,user,uid,"group1,group2"`, where further columns count for nothing.
    package init(csv: String) throws(ParseError) {
        for (index, line) in csv.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() where !line.isEmpty {
            guard let columns = Self.columns(of: line) else {
                throw ParseError(description: "line \(index + 1): a quote stands in the middle of a column, or has no second one")
            }
            guard columns.count >= 3, !columns[0].isEmpty else {
                throw ParseError(description: "line \(index + 1): it needs a token, a user's name and a user's uid, separated by commas")
            }
            let groups = columns.count > 3 ? columns[3].split(separator: ",").map(String.init) : []
            let known = users.updateValue(UserInfo(name: columns[1], uid: columns[2], groups: groups).authenticated, forKey: columns[0])
            guard known == nil else { throw ParseError(description: "line \(index + 1): its token is that of a line before") }
        }
    }

    func user(of token: String) -> UserInfo? { users[token] }

    /// Nil where the quotes are wrong. A quote in a quoted column is written twice.
    private static func columns(of line: Substring) -> [String]? {
        var columns: [String] = []
        var rest = line
        while true {
            var column = ""
            if rest.first == "\"" {
                repeat {
                    rest = rest.dropFirst()
                    guard let end = rest.firstIndex(of: "\"") else { return nil }
                    column += rest[..<end]
                    rest = rest[rest.index(after: end)...]
                    if rest.first == "\"" { column += "\"" }
                } while rest.first == "\""
            } else {
                column = String(rest.prefix { $0 != "," })
                guard !column.contains("\"") else { return nil }
                rest = rest.dropFirst(column.count)
            }
            columns.append(column)
            guard let next = rest.popFirst() else { return columns }
            guard next == "," else { return nil }
        }
    }
}
