import KubernetesModel

/// Which containers of each pod are read.
package enum LogContainers: Sendable, Hashable {
    case all
    /// The one that its annotation names, else the first.
    case main
    case named(String)

    func include(_ container: String, of pod: KubernetesObject) -> Bool {
        switch self {
        case .all: true
        case .main: ContainerLogState.main(of: pod) == container
        case .named(let name): name == container
        }
    }

    var text: String {
        switch self {
        case .all: "all"
        case .main: "main container"
        case .named(let name): name
        }
    }
}
