/// The files that a program of awk reads, one after the other, and those that it asks for besides.
struct AwkInput {
    enum Next {
        case record(String, file: String, isFirst: Bool)
        case assignment(name: String, value: String)
        case end
    }

    private let read: (String) throws(AwkFailure) -> String
    /// Files, and variables to set between them.
    private var operands: ArraySlice<String>
    private var current: (name: String, records: ArraySlice<String>, isFirst: Bool)?
    private var others: [String: ArraySlice<String>] = [:]

    /// - Parameter read: gives a file's text; that of the standard input for `-`.
    init(_ operands: [String], read: @escaping (String) throws(AwkFailure) -> String) {
        self.read = read
        let files = operands.filter { Self.assignment($0) == nil }
        self.operands = files.isEmpty ? operands[...] + ["-"] : operands[...]
    }

    mutating func next(separator: String) throws(AwkFailure) -> Next {
        while true {
            if let record = current?.records.popFirst() {
                let isFirst = current?.isFirst ?? false
                current?.isFirst = false
                return .record(record, file: current?.name ?? "", isFirst: isFirst)
            }
            current = nil
            guard let operand = operands.popFirst() else { return .end }
            if let (name, value) = Self.assignment(operand) { return .assignment(name: name, value: value) }
            current = (operand == "-" ? "" : operand, Self.records(of: try read(operand), separator)[...], true)
        }
    }

    /// The next line of a file; nil when there is none of this name, and nil in it at its end.
    mutating func line(of file: String) -> String?? {
        if others[file] == nil {
            guard let text = try? read(file) else { return nil }
            others[file] = Self.records(of: text, "\n")[...]
        }
        return .some(others[file]?.popFirst())
    }

    private static func records(of text: String, _ separator: String) -> [String] {
        guard !text.isEmpty else { return [] }
        if separator.isEmpty {
            // Paragraphs, with any number of empty lines between them.
            var paragraphs: [[Substring]] = [[]]
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if !line.isEmpty {
                    paragraphs[paragraphs.count - 1].append(line)
                } else if paragraphs.last?.isEmpty == false {
                    paragraphs.append([])
                }
            }
            return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
        }
        var records =
            separator.count == 1
            ? text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == separator.unicodeScalars.first }.map(String.init)
            : AwkSeparator(separator).split(text)
        if records.last == "" { records.removeLast() }
        // The end of the last line is none of the last record's.
        if separator != "\n", let last = records.last, last.hasSuffix("\n") { records[records.count - 1].removeLast() }
        return records
    }

    private static func assignment(_ operand: String) -> (name: String, value: String)? {
        guard let equals = operand.firstIndex(of: "="), let first = operand.first, first.isLetter || first == "_" else { return nil }
        let name = operand[..<equals]
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
        return (String(name), String(operand[operand.index(after: equals)...]))
    }
}
