import KubernetesModel
import TextUI

/// How the overview divides the screen: pods over nodes and services on the left, logs over events on the right.
struct OverviewLayout: Equatable {
    /// The share of the left side, in percent.
    private(set) var leftWidth = 52
    /// The share of the upper panes, in percent.
    private(set) var upperHeight = 62
    /// The pane that has the screen to itself.
    var zoomed: OverviewPane?

    /// The least space in which five panes can be read; smaller ones show the focused pane alone.
    static let leastSize = Size(width: 120, height: 27)

    init() {}

    /// As `json` wrote it; what can't be read is as it is at first.
    init(_ json: JSONValue) {
        zoomed = json["zoomed"]?.intValue.flatMap(OverviewPane.init(rawValue:))
        resize(
            horizontally: (json["leftWidth"]?.intValue ?? leftWidth) - leftWidth,
            vertically: (json["upperHeight"]?.intValue ?? upperHeight) - upperHeight)
    }

    var json: JSONValue {
        var json: JSONObject = ["leftWidth": JSONValue(leftWidth), "upperHeight": JSONValue(upperHeight)]
        if let zoomed { json["zoomed"] = JSONValue(zoomed.rawValue) }
        return .object(json)
    }

    mutating func resize(horizontally: Int = 0, vertically: Int = 0) {
        leftWidth = max(25, min(75, leftWidth + horizontally))
        upperHeight = max(25, min(80, upperHeight + vertically))
    }

    func places(in area: Rect) -> [OverviewPane: Rect] {
        let sides = area.split(.horizontal, [.share(leftWidth), .share(100 - leftWidth)])
        let left = sides[0].split(.vertical, [.share(upperHeight), .share(100 - upperHeight)])
        let right = sides[1].split(.vertical, [.share(upperHeight), .share(100 - upperHeight)])
        let lower = left[1].split(.horizontal, [.share(1), .share(1)])
        return [.pods: left[0], .nodes: lower[0], .services: lower[1], .logs: right[0], .events: right[1]]
    }
}
