import CNcurses
import TextUI

/// Makes keys of what ncurses reads: characters, its key codes, and an escape character before what is pressed with Alt.
struct InputDecoder {
    private var hasEscape = false
    /// What follows `ESC [`, as long as a control sequence that ncurses doesn't know is not over.
    private var sequence: String?
    private var paste: String?

    /// - Parameter mouse: reads the mouse's event where the code says there is one.
    mutating func take(_ code: UInt32, isKeyCode: Bool, mouse: () -> MouseEvent?) -> InputEvent? {
        if isKeyCode { return takeKeyCode(Int32(bitPattern: code), mouse) }
        guard let scalar = Unicode.Scalar(code) else { return nil }
        if paste != nil {
            paste?.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
            return nil
        }
        if let sequence { return take(scalar, after: sequence) }
        if scalar == "\u{1B}", !hasEscape {
            hasEscape = true
            return nil
        }
        if scalar == "[", hasEscape {
            sequence = ""
            return nil
        }
        defer { hasEscape = false }
        let key = Self.key(scalar)
        return .key(hasEscape ? KeyPress(key.key, key.modifiers.union(.alt)) : key)
    }

    /// Nothing more has come: an escape character alone was the Esc key, one with a bracket Alt and the bracket's.
    mutating func finish() -> InputEvent? {
        defer {
            hasEscape = false
            sequence = nil
        }
        if let sequence { return sequence.isEmpty ? .key(KeyPress(.character("["), .alt)) : nil }
        return hasEscape ? .key(KeyPress(.escape)) : nil
    }

    /// A terminal that is another than `TERM` says sends what nobody knows: it presses the key it stands for, else none.
    private mutating func take(_ scalar: Unicode.Scalar, after begun: String) -> InputEvent? {
        let whole = begun + String(scalar)
        guard (0x40...0x7E).contains(scalar.value) || whole.utf8.count > 64 else {
            sequence = whole
            return nil
        }
        sequence = nil
        hasEscape = false
        return Self.sequences[whole].map { .key(KeyPress($0)) }
    }

    private static let sequences: [String: Key] = [
        "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "1~": .home, "7~": .home, "4~": .end, "8~": .end,
        "2~": .insert, "3~": .delete, "5~": .pageUp, "6~": .pageDown,
    ]

    private mutating func takeKeyCode(_ code: Int32, _ mouse: () -> MouseEvent?) -> InputEvent? {
        defer {
            hasEscape = false
            sequence = nil
        }
        switch code {
        case Int32(FATHOM_KEY_PASTE_BEGIN):
            paste = ""
            return nil
        case Int32(FATHOM_KEY_PASTE_END):
            defer { paste = nil }
            return paste.map(InputEvent.paste)
        case KEY_MOUSE: return mouse().map(InputEvent.mouse)
        // A pasted text may hold what keys send; it presses none.
        case _ where paste != nil: return nil
        default:
            guard let key = Self.modifiedKey(code) ?? Self.named[code].map({ KeyPress($0.0, $0.1) }) ?? Self.functionKey(code) else {
                return nil
            }
            return .key(hasEscape ? KeyPress(key.key, key.modifiers.union(.alt)) : key)
        }
    }

    private static func key(_ scalar: Unicode.Scalar) -> KeyPress {
        switch scalar.value {
        case 0: KeyPress(.character(" "), .control)
        case 8, 127: KeyPress(.backspace)
        case 9: KeyPress(.tab)
        case 13: KeyPress(.enter)
        case 27: KeyPress(.escape)
        case 1..<27: KeyPress.control(Unicode.Scalar(UInt8(scalar.value + 0x60)))
        case 28..<32: KeyPress.control(Unicode.Scalar(UInt8(scalar.value + 0x40)))
        default: .character(scalar)
        }
    }

    private static let named: [Int32: (Key, KeyPress.Modifiers)] = [
        KEY_UP: (.up, []), KEY_DOWN: (.down, []), KEY_LEFT: (.left, []), KEY_RIGHT: (.right, []), KEY_HOME: (.home, []),
        KEY_END: (.end, []), KEY_NPAGE: (.pageDown, []), KEY_PPAGE: (.pageUp, []), KEY_BACKSPACE: (.backspace, []),
        KEY_DC: (.delete, []), KEY_IC: (.insert, []), KEY_ENTER: (.enter, []), KEY_BTAB: (.tab, .shift), KEY_SLEFT: (.left, .shift),
        KEY_SRIGHT: (.right, .shift), KEY_SF: (.down, .shift), KEY_SR: (.up, .shift),
    ]

    private static func functionKey(_ code: Int32) -> KeyPress? {
        let number = code - KEY_F0
        return (1...24).contains(number) ? KeyPress(.function(Int(number))) : nil
    }

    /// xterm numbers modifiers from 1: the number less one has a bit each for Shift, Alt and Ctrl.
    private static func modifiedKey(_ code: Int32) -> KeyPress? {
        let number = Int(code) - Int(FATHOM_KEY_MODIFIED)
        guard (32..<144).contains(number) else { return nil }
        let keys: [Int: Key] = [
            0: .up, 1: .down, 2: .right, 3: .left, 4: .home, 5: .end, 8: .insert, 9: .delete, 10: .pageUp, 11: .pageDown,
        ]
        return keys[number % 16].map { KeyPress($0, KeyPress.Modifiers(rawValue: UInt8(number / 16 - 1))) }
    }
}
