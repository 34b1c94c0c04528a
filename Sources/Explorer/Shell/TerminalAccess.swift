import TextUI

/// What a screen may ask of the terminal: to step aside.
protocol TerminalAccess: AnyObject {
    /// Whether a child program or a session has it: nothing else can be given it now.
    var isLent: Bool { get }
    /// Gives the terminal to a child program and takes it back when that ends.
    /// - Returns: the child's exit status; 127 when it could not be started.
    func run(_ program: String, _ arguments: [String]) async -> Int32
    /// Gives the terminal, byte for byte, to a session and takes it back when that ends.
    /// - Returns: false when something else has it: the session was not begun.
    func lend(to session: (any ByteTerminal) async -> Void) async -> Bool
    /// Sends bytes that ask the terminal for something else than drawing.
    func send(_ bytes: [UInt8])
    /// Stops this process as Ctrl-Z does in a shell; goes on when it is continued.
    func suspend()
}

/// A terminal as a program in a container sees it.
protocol ByteTerminal: AnyObject {
    var size: Size { get }
    /// What is typed.
    var input: AsyncStream<[UInt8]> { get }
    /// New sizes.
    var sizes: AsyncStream<Size> { get }
    func write(_ bytes: [UInt8])
}
