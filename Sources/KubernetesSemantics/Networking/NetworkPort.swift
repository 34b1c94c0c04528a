package import KubernetesModel

package enum TransportProtocol: String, Sendable, Hashable, Comparable {
    case tcp = "TCP"
    case udp = "UDP"
    case sctp = "SCTP"

    /// TCP when the field is missing, as API servers default it.
    package init(_ json: JSONValue?) {
        self = json?.stringValue.flatMap(TransportProtocol.init(rawValue:)) ?? .tcp
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A port as specs write it: a number, or the name of a container's port.
package enum PortReference: Sendable, Hashable, CustomStringConvertible {
    case number(Int)
    case name(String)

    /// Nil when the field is missing or neither a number nor a name.
    package init?(_ json: JSONValue?) {
        if let number = json?.intValue {
            self = .number(number)
        } else if let name = json?.stringValue, !name.isEmpty {
            self = .name(name)
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .number(let number): String(number)
        case .name(let name): name
        }
    }
}

/// A port that a container declares. Declaring opens nothing: it only gives the number a name.
package struct DeclaredPort: Sendable, Hashable {
    package var name: String
    package var number: Int
    package var `protocol`: TransportProtocol

    package init(name: String, number: Int, protocol: TransportProtocol) {
        self.name = name
        self.number = number
        self.protocol = `protocol`
    }

    init?(_ json: JSONValue) {
        guard let number = json["containerPort"]?.intValue else { return nil }
        self.init(name: json["name"]?.stringValue ?? "", number: number, protocol: TransportProtocol(json["protocol"]))
    }
}
