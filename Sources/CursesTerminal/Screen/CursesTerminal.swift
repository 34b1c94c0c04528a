import CNcurses
import Dispatch
import Glibc
package import TextUI

/// The terminal this process runs in: shows frames, tells of keys and of changes of size. There is one, and `stop` must be its end.
package final class CursesTerminal {
    private var pairs = ColorPairs()
    private var shown: Frame?
    private var decoder = InputDecoder()
    private var clicks = ClickPairs()
    private let isASCIIOnly: Bool
    private var input: (any DispatchSourceRead)?
    private var signals: [any DispatchSourceSignal] = []
    /// Where it is noticed that something was typed, however busy the main thread is.
    private nonisolated static let arrivals = DispatchQueue(label: "fathom.input", qos: .userInteractive)
    /// Whether a child program, or a session, has the terminal.
    package private(set) var isLent = false
    /// The session that has it byte for byte.
    private var raw: RawTerminal?
    private var usesMouse = false

    package private(set) var size = Size.zero
    package var onEvent: (InputEvent) -> Void = { _ in }
    /// When the bytes came that the latest event is made of: earlier than they were read while this thread had something else to do.
    package private(set) var inputArrival = ContinuousClock.now
    package var onResize: () -> Void = {}
    /// The process was asked to end, or its terminal is gone.
    package var onHangUp: () -> Void = {}

    /// Takes the terminal over.
    package init() throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
        isASCIIOnly = !fathom_set_locale()
        let type = getenv("TERM").map { String(cString: $0) } ?? ""
        guard !type.isEmpty else { throw .unknownType(type) }
        switch fathom_start() {
        case Int32(FATHOM_START_DONE): break
        case Int32(FATHOM_START_NO_CURSOR): throw .cannotPlaceCursor(type)
        default: throw .unknownType(type)
        }
        fathom_restore_on_crash()
        pairs = ColorPairs()
        measure()
        listen()
    }

    package var colorDepth: ColorDepth { pairs.depth }
    /// Whether the last frame is not what the terminal shows: others had it, or its size changed.
    package var isOutdated: Bool { shown == nil }

    /// Gives the terminal back.
    package func stop() {
        input?.cancel()
        signals.forEach { $0.cancel() }
        fathom_suspend()
    }

    /// Asks for clicks and the wheel, which the terminal then no longer takes for itself.
    package func useMouse(_ isWanted: Bool) {
        guard isWanted != usesMouse, !isLent else { return }
        usesMouse = isWanted
        fathom_use_mouse(isWanted)
    }

    // MARK: Showing

    /// Shows a frame: what differs from the last one is handed to ncurses, which sends what differs from the screen.
    package func show(_ frame: Frame) {
        guard !isLent else { return }
        draw(frame)
        if pairs.hasStartedOver {
            pairs.acknowledgeStart()
            shown = nil
            draw(frame)
        }
        let cursor = frame.cursor ?? Point(x: 0, y: max(0, frame.size.height - 1))
        fathom_place_cursor(frame.cursor != nil, Int32(cursor.y), Int32(cursor.x))
        fathom_update()
        shown = frame
    }

    private func draw(_ frame: Frame) {
        let known = shown?.size == frame.size ? shown : nil
        let old = known?.cells
        let haveMarks = known?.marks != frame.marks
        let width = frame.size.width
        for index in frame.cells.indices
        where old?[index] != frame.cells[index] || haveMarks && known?.marks[index] != frame.marks[index] {
            let cell = frame.cells[index]
            guard !cell.isContinuation else { continue }
            let scalar = isASCIIOnly ? ASCIIFallback.scalar(for: cell.scalar) : cell.scalar
            let marks = isASCIIOnly ? [] : frame.marks[index] ?? []
            put(scalar, marks, at: index, width, Self.attributes(cell.style.attributes), cell.style)
            if isASCIIOnly, TextWidth.of(cell.scalar) == 2, index % width + 1 < width { put(" ", [], at: index + 1, width, 0, cell.style) }
        }
    }

    private func put(_ scalar: Unicode.Scalar, _ marks: [Unicode.Scalar], at index: Int, _ width: Int, _ attributes: UInt32, _ style: Style)
    {
        let (y, x, pair) = (Int32(index / width), Int32(index % width), pairs.number(style))
        guard !marks.isEmpty else {
            var character = scalar.value
            return fathom_put(y, x, &character, 1, attributes, pair)
        }
        let characters = [scalar.value] + marks.map(\.value)
        fathom_put(y, x, characters, Int32(characters.count), attributes, pair)
    }

    /// ncurses's own bits; its macros for them don't reach Swift.
    private static let attributeBits: [(Style.Attributes, UInt32)] = [
        (.bold, 1 << 21), (.dim, 1 << 20), (.italic, 1 << 31), (.underline, 1 << 17), (.reverse, 1 << 18),
    ]

    private static func attributes(_ attributes: Style.Attributes) -> UInt32 {
        attributeBits.reduce(0) { attributes.contains($1.0) ? $0 | $1.1 : $0 }
    }

    /// Sends bytes past the screen, such as text for the clipboard: nothing that draws.
    package func send(_ bytes: [UInt8]) {
        guard !isLent else { return }
        fathom_send(bytes, bytes.count)
    }

    // MARK: Listening

    private func listen() {
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: Self.arrivals)
        source.setEventHandler { @Sendable [weak self] in
            let arrival = ContinuousClock.now
            DispatchQueue.main.sync {
                MainActor.assumeIsolated { self?.readInput(arrived: arrival) }
            }
        }
        source.resume()
        input = source
        on(SIGWINCH) { terminal in
            if let raw = terminal.raw { return raw.resize(to: Self.measured()) }
            terminal.measure()
            terminal.onResize()
        }
        on(SIGTSTP) { $0.suspend() }
        for number in [SIGTERM, SIGHUP, SIGINT] {
            on(number) { if !$0.isLent || number != SIGINT { $0.onHangUp() } }
        }
    }

    private func on(_ number: Int32, _ act: @escaping @MainActor (CursesTerminal) -> Void) {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
        source.setEventHandler { [weak self] in
            MainActor.assumeIsolated { if let self { act(self) } }
        }
        source.resume()
        signals.append(source)
    }

    private func readInput(arrived arrival: ContinuousClock.Instant) {
        guard !isLent else { return }
        inputArrival = arrival
        var code: UInt32 = 0
        while true {
            let kind = fathom_read(&code)
            if kind == Int32(FATHOM_READ_NONE) { break }
            let isKeyCode = kind == Int32(FATHOM_READ_KEY)
            decoder.take(code, isKeyCode: isKeyCode, mouse: readMouse).map(onEvent)
        }
        decoder.finish().map(onEvent)
        noticeHangUp()
    }

    /// Whether the other end is gone. Nobody may signal it, and it is told once only: also when something was left to read, and while the
    /// terminal was lent.
    private func noticeHangUp() {
        if hasHungUp { onHangUp() }
    }

    private var hasHungUp: Bool {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, 0) > 0 && poll.revents & Int16(POLLHUP | POLLERR) != 0
    }

    private func readMouse() -> MouseEvent? {
        var event = fathom_mouse_event()
        guard fathom_read_mouse(&event) else { return nil }
        let position = Point(x: Int(event.x), y: Int(event.y))
        if event.is_click { return clicks.take(MouseEvent(.click, at: position), at: inputArrival) }
        if event.scrolls_up { return MouseEvent(.scrollUp, at: position) }
        return event.scrolls_down ? MouseEvent(.scrollDown, at: position) : nil
    }

    private static func measured() -> Size {
        var rows: Int32 = 24
        var columns: Int32 = 80
        _ = fathom_window_size(&rows, &columns)
        return Size(width: Int(columns), height: Int(rows))
    }

    private func measure() {
        let measured = Self.measured()
        if measured != size {
            fathom_resize(Int32(measured.height), Int32(measured.width))
            size = measured
            shown = nil
        }
    }

    // MARK: Stepping aside

    /// Stops this process as Ctrl-Z does in a shell; returns when it is continued.
    package func suspend() {
        guard !isLent else { return }
        fathom_suspend()
        fathom_stop_process()
        takeBack()
    }

    /// Gives the terminal to a child program until that ends.
    /// - Returns: its exit status; 127 when it can't be started.
    package func run(_ program: String, _ arguments: [String]) async -> Int32 {
        guard !isLent else { return 127 }
        isLent = true
        input?.suspend()
        fathom_suspend()
        let child = Self.spawn([program] + arguments)
        let status = child == 0 ? 127 : await Self.wait(child)
        input?.resume()
        isLent = false
        takeBack()
        return status
    }

    /// Gives the terminal, byte for byte, to a session until that ends.
    /// - Returns: false when it is lent already: the session was not begun.
    package func lend(to session: (RawTerminal) async -> Void) async -> Bool {
        guard !isLent else { return false }
        isLent = true
        input?.suspend()
        fathom_suspend()
        let raw = RawTerminal(size: Self.measured())
        self.raw = raw
        await session(raw)
        raw.stop()
        self.raw = nil
        input?.resume()
        isLent = false
        takeBack()
        return true
    }

    private static func spawn(_ words: [String]) -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { arguments.forEach { free($0) } }
        return fathom_spawn(words[0], arguments)
    }

    /// Waiting blocks a thread, so it takes one of its own.
    private static func wait(_ child: Int32) async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: fathom_wait(child)) }
        }
    }

    private func takeBack() {
        noticeHangUp()
        fathom_resume()
        shown = nil
        measure()
        onResize()
    }
}
