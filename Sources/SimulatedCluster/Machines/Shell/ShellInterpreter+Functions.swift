/// Functions: their arguments take the place of the caller's until they return.
extension ShellInterpreter {
    /// A script that calls itself without end would take all memory.
    private static let deepest = 1_000

    mutating func call(_ body: ShellNode, _ words: [String], _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        guard depth < Self.deepest else {
            machine.write("sh: \(words[0]): functions call each other too deeply\n", to: streams.error)
            status = 2
            isLeaving = true
            stack = []
            return .finished(status)
        }
        depth += 1
        stack.append(.endOfCall(arguments: arguments, own: [:]))
        stack.append(.run(body, streams))
        arguments = Array(arguments.prefix(1) + words.dropFirst())
        return nil
    }

    mutating func endCall(_ arguments: [String], _ own: [String: String?]) {
        depth -= 1
        self.arguments = arguments
        for (name, value) in own { variables[name] = value }
    }

    /// `return`: outside of a function it ends the script.
    mutating func returnFromCall(_ words: [String]) -> Pause? {
        status = (words.first.flatMap { Int($0) } ?? status) & 255
        while let frame = stack.popLast() {
            switch frame {
            case .endOfCall(let arguments, let own):
                endCall(arguments, own)
                return nil
            case .restore:
                stack.append(frame)
                return nil
            default: continue
            }
        }
        isLeaving = true
        return .finished(status)
    }

    /// `local`: what a function does with these variables ends with it.
    mutating func makeOwn(_ words: [String]) {
        let index = stack.lastIndex { if case .endOfCall = $0 { true } else { false } }
        guard let index, case .endOfCall(let arguments, var own) = stack[index] else {
            status = 1
            return
        }
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if own[parts[0]] == nil { own[parts[0]] = .some(variables[parts[0]]) }
            if parts.count == 2 { variables[parts[0]] = parts[1] }
        }
        stack[index] = .endOfCall(arguments: arguments, own: own)
        status = 0
    }
}
