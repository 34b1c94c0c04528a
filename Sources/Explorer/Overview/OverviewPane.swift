/// The panes of the overview, in the order of `Alt-1` to `Alt-5`.
enum OverviewPane: Int, CaseIterable {
    case pods, nodes, services, events, logs

    var name: String {
        switch self {
        case .pods: "Pods"
        case .nodes: "Nodes"
        case .services: "Services"
        case .events: "Events"
        case .logs: "Logs"
        }
    }

    func moved(by step: Int) -> OverviewPane {
        let all = Self.allCases
        return all[(rawValue + step + all.count) % all.count]
    }
}
