import KubernetesModel

/// Cuts a list out of the bytes as they come in: each element of `items` by itself, and the rest of the document, which is
/// small. So a list of any length is read without ever being held.
struct ListDecoder {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private enum Place {
        /// Outside of the list's elements.
        case envelope
        /// Between two elements.
        case items
        case element
    }

    private var place = Place.envelope
    private var envelope: [UInt8] = []
    private var element: [UInt8] = []
    /// Objects and arrays that are open, in the envelope and in the element.
    private var depth = 0
    private var elementDepth = 0
    private var isInString = false
    private var isEscaped = false
    /// The string that stood last directly in the envelope: the member's name, when a value begins.
    private var name: [UInt8] = []
    /// Of the envelope, up to where the elements begin.
    private var headLength: Int?
    private let elementLimit: Int
    private static let envelopeLimit = 1 << 20

    /// - Parameter elementLimit: the largest object accepted, in bytes.
    init(elementLimit: Int = 64 << 20) {
        self.elementLimit = elementLimit
    }

    /// The elements that `bytes` complete.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> [[UInt8]] {
        var elements: [[UInt8]] = []
        var index = 0
        while index < bytes.count {
            switch place {
            case .envelope:
                try readEnvelope(bytes[index])
                index += 1
            case .items:
                try readBetween(bytes[index], &index)
            case .element:
                let end = endOfElement(in: bytes, from: index)
                element.append(contentsOf: bytes[index..<(end ?? bytes.count)])
                guard element.count <= elementLimit else {
                    throw Failure(description: "an object is larger than \(elementLimit >> 20) MiB")
                }
                if end != nil {
                    elements.append(element)
                    element = []
                    place = .items
                }
                index = end ?? bytes.count
            }
        }
        return elements
    }

    mutating func append(_ bytes: [UInt8]) throws(Failure) -> [[UInt8]] {
        var result: Result<[[UInt8]], Failure> = .success([])
        bytes.withUnsafeBytes { buffer in
            result = Result { () throws(Failure) in try append(buffer) }
        }
        return try result.get()
    }

    /// What stood before the first element: where servers say what kind the elements are.
    func head() -> JSONValue? {
        headLength.flatMap { try? JSONParser.parse(envelope.prefix($0) + Array("]}".utf8)) }
    }

    /// The document without its elements, when all of it has come.
    func finish() throws(Failure) -> JSONValue {
        guard place == .envelope, depth == 0, !envelope.isEmpty else { throw Failure(description: "the list ends too early") }
        do {
            return try JSONParser.parse(envelope)
        } catch {
            throw Failure(description: "\(error)")
        }
    }

    private mutating func readEnvelope(_ byte: UInt8) throws(Failure) {
        if envelope.isEmpty {
            if Self.isSpace(byte) { return }
            guard byte == UInt8(ascii: "{") else { throw Failure(description: "it is not a JSON object") }
        }
        envelope.append(byte)
        guard envelope.count <= Self.envelopeLimit else { throw Failure(description: "it is no list of objects") }
        if isInString {
            readString(byte)
            return
        }
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            if depth == 1 { name = [] }
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "["):
            if depth == 1, headLength == nil, name.elementsEqual("items".utf8) {
                place = .items
                headLength = envelope.count
            } else {
                depth += 1
            }
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
    }

    private mutating func readString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        } else if depth == 1 {
            name.append(byte)
        }
    }

    private mutating func readBetween(_ byte: UInt8, _ index: inout Int) throws(Failure) {
        switch byte {
        case UInt8(ascii: "{"):
            // The byte stays: it is the element's first.
            place = .element
            elementDepth = 0
        case UInt8(ascii: "]"):
            envelope.append(byte)
            place = .envelope
            index += 1
        case UInt8(ascii: ","): index += 1
        case _ where Self.isSpace(byte): index += 1
        default: throw Failure(description: "something else than objects is in the list")
        }
    }

    /// The index behind the element's last byte; nil when the element goes on.
    private mutating func endOfElement(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var (depth, isInString, isEscaped) = (elementDepth, isInString, isEscaped)
        defer { (elementDepth, self.isInString, self.isEscaped) = (depth, isInString, isEscaped) }
        for index in start..<bytes.count {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
