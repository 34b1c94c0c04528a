import KubernetesModel

extension Kubelets {
    func logs(of pod: KubernetesObject, container: String, options: LogOptions) throws(StatusError) -> APIResponse.Body {
        try checkPower(of: pod, container: container)
        guard let (worker, record) = try find(pod, container: container) else {
            let reason = pod.spec["nodeName"]?.stringValue == nil ? "" : "ContainerCreating"
            throw .badRequest("container \"\(container)\" in pod \"\(pod.name)\" is waiting to start: \(reason)")
        }
        if options.previous {
            guard let log = record.previousLog else {
                throw .badRequest("previous terminated container \"\(container)\" in pod \"\(pod.name)\" not found")
            }
            return .bytes(LogText(options).bytes(of: log.lines(from: 0)))
        }
        if case .waiting(let reason, _) = record.state, record.lastTermination == nil {
            let message = Self.waitingMessages[reason] ?? "is waiting to start: \(reason)"
            throw .badRequest("container \"\(container)\" in pod \"\(pod.name)\" \(message)")
        }
        let text = LogText(options)
        let lines = record.log.lines(from: 0)
        guard options.follow, record.process != nil else { return .bytes(text.bytes(of: lines)) }
        return .stream(follow(record, of: worker, text, from: record.log.end, beginningWith: text.bytes(of: lines)))
    }

    /// A machine that is off answers nobody.
    private func checkPower(of pod: KubernetesObject, container: String) throws(StatusError) {
        guard let kubelet = kubelet(pod.spec["nodeName"]?.stringValue ?? ""), !kubelet.isOn else { return }
        let host = "\(kubelet.address):10250"
        let message = "Get \"https://\(host)/containerLogs/\(pod.key)/\(container)\": dial tcp \(host): i/o timeout"
        throw StatusError(code: 500, reason: "", message: message)
    }

    private static let waitingMessages = [
        "ErrImagePull": "is waiting to start: image can't be pulled",
        "ImagePullBackOff": "is waiting to start: trying and failing to pull image",
    ]

    private func follow(
        _ record: ContainerRecord, of worker: PodWorker, _ text: LogText, from position: Int, beginningWith bytes: [UInt8]
    ) -> ByteChannel {
        let channel = ByteChannel()
        if !bytes.isEmpty { channel.send(bytes) }
        var rest = text.limit.map { $0 - bytes.count } ?? .max
        guard rest > 0 else {
            channel.finish()
            return channel
        }
        var position = position
        let life = record.life
        let number = (record.followers.keys.max() ?? 0) + 1
        record.followers[number] = { [weak record] in
            guard let record else { return channel.finish() }
            let isSameLife = record.life == life
            let fresh = isSameLife ? record.log.lines(from: position).filter(\.isComplete) : []
            position += fresh.count
            let bytes = text.bytes(following: fresh[...]).prefix(rest)
            rest -= bytes.count
            let isRead = bytes.isEmpty ? !channel.isFinished : channel.send(Array(bytes))
            guard !isRead || !isSameLife || record.process == nil || rest == 0 else { return }
            record.followers[number] = nil
            channel.finish()
        }
        return channel
    }
}

/// Log lines as the API sends them.
struct LogText {
    private let options: LogOptions

    init(_ options: LogOptions) {
        self.options = options
    }

    /// After how many bytes it ends; nil for all.
    var limit: Int? { options.limitBytes }

    func bytes(of lines: ArraySlice<LogBuffer.Line>) -> [UInt8] {
        var chosen = lines
        if let since = options.since { chosen = chosen.drop { $0.time < since } }
        if let count = options.tailLines { chosen = chosen.suffix(max(count, 0)) }
        let bytes = bytes(following: chosen)
        return options.limitBytes.map { Array(bytes.prefix($0)) } ?? bytes
    }

    func bytes(following lines: ArraySlice<LogBuffer.Line>) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            if options.timestamps { bytes += Array((KubernetesTime.nanoseconds(line.time) + " ").utf8) }
            bytes += line.bytes
            if line.isComplete { bytes.append(0x0A) }
        }
        return bytes
    }
}
