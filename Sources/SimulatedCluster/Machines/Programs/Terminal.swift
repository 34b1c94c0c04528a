struct TerminalSize: Equatable {
    var width: Int
    var height: Int
}

/// A terminal between a person and the processes that use it: it echoes, lets lines be edited, and turns keys into signals.
final class Terminal {
    private enum Key {
        static let endOfInput: UInt8 = 4
        static let backspace: UInt8 = 8
        static let interrupt: UInt8 = 3
        static let killLine: UInt8 = 21
        static let escape: UInt8 = 27
        static let delete: UInt8 = 127
    }

    /// As the kernel has it: what is typed beyond is lost.
    private static let longestLine = 4095

    let input: Pipe
    var size = TerminalSize(width: 80, height: 24)
    private let display: ([UInt8]) -> Void
    private let raise: (Signal) -> Void
    private var line: [UInt8] = []
    private var escapeSequence: [UInt8] = []

    init(display: @escaping ([UInt8]) -> Void, raise: @escaping (Signal) -> Void) {
        input = Pipe()
        input.isKeptOpen = true
        self.display = display
        self.raise = raise
    }

    /// What processes write: a line ends with both characters.
    func show(_ bytes: [UInt8]) {
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count + 8)
        for byte in bytes {
            if byte == UInt8(ascii: "\n") { shown.append(UInt8(ascii: "\r")) }
            shown.append(byte)
        }
        display(shown)
    }

    func type(_ bytes: [UInt8]) {
        for byte in bytes { type(byte) }
    }

    private func type(_ byte: UInt8) {
        if !escapeSequence.isEmpty || byte == Key.escape { return skipEscape(byte) }
        switch byte {
        case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
            show([UInt8(ascii: "\n")])
            input.write(line + [UInt8(ascii: "\n")])
            line = []
        case Key.backspace, Key.delete: erase()
        case Key.killLine: while !line.isEmpty { erase() }
        case Key.interrupt:
            line = []
            display(Array("^C".utf8))
            show([UInt8(ascii: "\n")])
            raise(.interrupt)
        case Key.endOfInput:
            if line.isEmpty { input.endRead() }
        default:
            guard line.count < Self.longestLine else { return }
            line.append(byte)
            display([byte])
        }
    }

    /// Arrow keys and their like edit nothing here.
    private func skipEscape(_ byte: UInt8) {
        escapeSequence.append(byte)
        let isIntroduction =
            escapeSequence.count == 1 || (escapeSequence.count == 2 && (byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O")))
        if !isIntroduction, (0x40...0x7E).contains(byte) { escapeSequence = [] }
    }

    /// Takes a whole character back, however many bytes it has.
    private func erase() {
        guard !line.isEmpty else { return }
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
        display([Key.backspace, UInt8(ascii: " "), Key.backspace])
    }

    func hangUp() {
        input.close()
        raise(.hangUp)
    }
}
