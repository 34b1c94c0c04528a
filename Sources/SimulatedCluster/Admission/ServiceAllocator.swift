import KubernetesModel

/// Gives out the cluster's Service addresses (10.96.0.0/12) and node ports (30000–32767).
///
/// What is in use follows the store: it is read once and then told of each change, so that no address leaks.
final class ServiceAllocator {
    private static let network: UInt32 = 10 << 24 | 96 << 16
    private static let size: UInt32 = 1 << 20
    /// Addresses and ports at the start of their ranges are left to those who ask for one.
    private static let reservedAddresses: UInt32 = 256
    private static let reservedPorts = 86
    private static let ports = 30000...32767
    private static let services = GroupResource(resource: "services")

    private var addresses: [String: Int] = [:]
    private var nodePorts: [Int: Int] = [:]

    init(_ store: ObjectStore) {
        for stored in store.list(Self.services) { count(stored, by: 1) }
        store.observe { [weak self] change in
            guard change.resource == Self.services else { return }
            if let previous = change.previous { self?.count(previous, by: -1) }
            if change.kind != .deleted { self?.count(change.object, by: 1) }
        }
    }

    private func count(_ stored: StoredObject, by step: Int) {
        let spec = stored.object.json.object("spec") ?? [:]
        for address in spec.strings("clusterIPs") where address != "None" { Self.add(step, to: address, in: &addresses) }
        for port in Self.nodePorts(of: spec) { Self.add(step, to: port, in: &nodePorts) }
    }

    private static func add<Key: Hashable>(_ step: Int, to key: Key, in counts: inout [Key: Int]) {
        let count = (counts[key] ?? 0) + step
        counts[key] = count > 0 ? count : nil
    }

    /// One port of a Service may serve several protocols.
    private static func nodePorts(of spec: JSONObject) -> Set<Int> {
        let given = spec.objects("ports").compactMap { $0.int("nodePort") } + [spec.int("healthCheckNodePort") ?? 0]
        return Set(given.filter { $0 > 0 })
    }

    func allocate(
        for service: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext
    ) throws(StatusError) {
        var spec = service.json.object("spec") ?? [:]
        let oldSpec = old?.json.object("spec") ?? [:]
        let kind = context.resource.gvk
        if spec.string("type") != "ExternalName" {
            if let error = allocateAddress(&spec, oldSpec, context.random) { throw .invalid(kind, service.name, [error]) }
        }
        if let error = allocatePorts(&spec, oldSpec, context.random) { throw .invalid(kind, service.name, [error]) }
        service["spec"] = .object(spec)
    }

    private func allocateAddress(_ spec: inout JSONObject, _ old: JSONObject, _ random: Randomness) -> FieldError? {
        if let wanted = spec.strings("clusterIPs").first {
            guard wanted != "None", wanted != old.strings("clusterIPs").first else { return nil }
            let path = FieldPath.spec["clusterIPs"]
            guard let address = IPv4(wanted)?.value, Self.network &+ Self.size > address, address > Self.network else {
                return .invalid(
                    path, [.string(wanted)], "failed to allocate IP \(wanted): the provided network does not match the current range")
            }
            if addresses[wanted] != nil {
                return .invalid(path, [.string(wanted)], "failed to allocate IP \(wanted): provided IP is already allocated")
            }
            return nil
        }
        guard let address = freeAddress(random) else {
            return .invalid(FieldPath.spec["clusterIPs"], .null, "failed to allocate a serviceIP: range is full")
        }
        spec["clusterIP"] = .string(address)
        spec["clusterIPs"] = [.string(address)]
        ServiceAddresses.families(&spec)
        return nil
    }

    /// A random free address, of the reserved ones only when all others are taken; nil when there is none.
    private func freeAddress(_ random: Randomness) -> String? {
        for band in [Self.reservedAddresses + 1..<Self.size - 1, 1..<Self.reservedAddresses + 1] {
            let start = UInt32(random.next(below: band.count))
            for step in 0..<UInt32(min(band.count, addresses.count + 1)) {
                let offset = band.lowerBound + (start + step) % UInt32(band.count)
                let address = IPv4(Self.network + offset).description
                if addresses[address] == nil { return address }
            }
        }
        return nil
    }

    private func allocatePorts(_ spec: inout JSONObject, _ old: JSONObject, _ random: Randomness) -> FieldError? {
        let mine = Self.nodePorts(of: old)
        let path = FieldPath.spec["ports"]
        for (index, port) in spec.objects("ports").enumerated() {
            guard let number = port.int("nodePort"), number > 0, !mine.contains(number) else { continue }
            if let problem = problem(with: number) { return .invalid(path[index]["nodePort"], JSONValue(number), problem) }
        }
        guard ServiceAddresses.needsNodePorts(spec) else { return nil }
        var chosen = Self.nodePorts(of: spec)
        var isFull = false
        // The same port number for several protocols is one node port.
        var byPort: [Int: Int] = [:]
        spec.modifyEach("ports") { port in
            guard port.int("nodePort") ?? 0 == 0, !isFull else { return }
            let shared = port.int("port").flatMap { byPort[$0] }
            guard let number = shared ?? freePort(besides: chosen, random) else {
                isFull = true
                return
            }
            chosen.insert(number)
            if let key = port.int("port") { byPort[key] = number }
            port["nodePort"] = JSONValue(number)
        }
        if ServiceAddresses.needsHealthCheck(spec), spec.int("healthCheckNodePort") ?? 0 == 0 {
            guard let number = freePort(besides: chosen, random) else { return .invalid(path, .null, Self.noPorts) }
            spec["healthCheckNodePort"] = JSONValue(number)
        }
        return isFull ? .invalid(path, .null, Self.noPorts) : nil
    }

    private static let noPorts = "failed to allocate a nodePort: range is full"

    private func problem(with port: Int) -> String? {
        guard Self.ports.contains(port) else {
            return "provided port is not in the valid range. The range of valid ports is 30000-32767"
        }
        return nodePorts[port] == nil ? nil : "provided port is already allocated"
    }

    private func freePort(besides chosen: Set<Int>, _ random: Randomness) -> Int? {
        let first = Self.ports.lowerBound
        for band in [first + Self.reservedPorts..<Self.ports.upperBound + 1, first..<first + Self.reservedPorts] {
            let start = random.next(below: band.count)
            for step in 0..<band.count {
                let port = band.lowerBound + (start + step) % band.count
                if nodePorts[port] == nil, !chosen.contains(port) { return port }
            }
        }
        return nil
    }
}
