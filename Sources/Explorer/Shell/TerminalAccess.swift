/// What a screen may ask of the terminal: to step aside.
protocol TerminalAccess: AnyObject {
    /// Gives the terminal to a child program and takes it back when that ends.
    /// - Returns: the child's exit status; 127 when it could not be started.
    func run(_ program: String, _ arguments: [String]) async -> Int32
    /// Stops this process as Ctrl-Z does in a shell; goes on when it is continued.
    func suspend()
}
