extension SchemaCatalog {
    /// Reads the generated table; its format is described beside it.
    convenience init(table: String) {
        var definitions: [SchemaDefinition] = []
        var package = ""
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "@") {
                package = String(Substring(line.dropFirst()))
            } else {
                definitions.append(SchemaDefinition(tableLine: line, in: package))
            }
        }
        self.init(definitions)
    }
}

extension SchemaDefinition {
    fileprivate init(tableLine line: Substring.UTF8View, in package: String) {
        let parts = line.split(separator: UInt8(ascii: "|"), maxSplits: 3, omittingEmptySubsequences: false)
        func part(_ index: Int) -> Substring.UTF8View { index < parts.count ? parts[index] : Substring().utf8 }
        let kind = Substring(part(2)).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        self.init(
            name: "\(package).\(Substring(part(0)))",
            groupVersionKind: kind.count == 3 ? GroupVersionKind(group: kind[0], version: kind[1], kind: kind[2]) : nil,
            fields: part(3).split(separator: UInt8(ascii: ";")).compactMap(SchemaField.init(tableField:)),
            isAtomic: part(1).contains(UInt8(ascii: "A")), isOpen: part(1).contains(UInt8(ascii: "O"))
        )
    }
}

extension SchemaField {
    fileprivate init?(tableField text: Substring.UTF8View) {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var rest = text[text.index(after: colon)...]
        guard let type = SchemaType(tableText: &rest) else { return nil }
        self.init(name: String(Substring(text[..<colon])), type: type)
        while let mark = rest.popFirst() { read(mark, &rest) }
    }

    private mutating func read(_ mark: UInt8, _ rest: inout Substring.UTF8View) {
        switch mark {
        case UInt8(ascii: "!"): isRequired = true
        case UInt8(ascii: "@"):
            let digits = rest.prefix { ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: ".") }
            protobufPath = digits.split(separator: UInt8(ascii: ".")).compactMap { Int(Substring($0)) }
            rest = rest[digits.endIndex...]
        case UInt8(ascii: "S"): list = .set
        case UInt8(ascii: "K"): list = .map(keys: Self.words(Self.parenthesized(&rest)))
        case UInt8(ascii: "A"): isAtomicMap = true
        case UInt8(ascii: "P"):
            patch.merges = true
            patch.mergeKey = Self.parenthesized(&rest)
        case UInt8(ascii: "X"): patch.replaces = true
        case UInt8(ascii: "Y"): patch.retainsKeys = true
        case UInt8(ascii: "E"): enumeration = Self.words(Self.parenthesized(&rest))
        case UInt8(ascii: "D"): defaultValue = try? JSONParser.parse(Self.parenthesized(&rest))
        default: break
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func parenthesized(_ rest: inout Substring.UTF8View) -> String {
        guard rest.first == UInt8(ascii: "("), let end = rest.firstIndex(of: UInt8(ascii: ")")) else { return "" }
        let content = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        return String(Substring(content))
    }
}

extension SchemaType {
    fileprivate init?(tableText rest: inout Substring.UTF8View) {
        switch rest.popFirst() {
        case UInt8(ascii: "s"): self = .string
        case UInt8(ascii: "b"): self = .boolean
        case UInt8(ascii: "i"): self = .int32
        case UInt8(ascii: "l"): self = .int64
        case UInt8(ascii: "d"): self = .double
        case UInt8(ascii: "y"): self = .bytes
        case UInt8(ascii: "o"): self = .anything
        case UInt8(ascii: "Q"): self = .quantity
        case UInt8(ascii: "I"): self = .intOrString
        case UInt8(ascii: "T"): self = .time
        case UInt8(ascii: "M"): self = .microTime
        case UInt8(ascii: "R"): self = .raw
        case UInt8(ascii: "["):
            guard let element = SchemaType(tableText: &rest) else { return nil }
            self = .list(element)
        case UInt8(ascii: "{"):
            guard let value = SchemaType(tableText: &rest) else { return nil }
            self = .map(value)
        case UInt8(ascii: "#"):
            let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard let index = Int(Substring(digits)) else { return nil }
            rest = rest[digits.endIndex...]
            self = .object(index)
        default: return nil
        }
    }
}
