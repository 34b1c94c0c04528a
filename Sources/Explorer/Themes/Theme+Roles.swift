import TextUI

/// Where a K9s skin says how a role looks: the keys of its foreground and background, the first that is set counts.
struct RoleSource {
    let foreground: [String]
    let background: [String]
    let attributes: Style.Attributes

    init(_ foreground: String..., on background: [String] = [], style attributes: Style.Attributes = []) {
        self.foreground = foreground
        self.background = background + ["body.bgColor"]
        self.attributes = attributes
    }
}

extension StyleRole {
    var source: RoleSource {
        switch self {
        case .text: RoleSource("body.fgColor")
        case .muted: RoleSource("frame.status.completedColor", "body.fgColor")
        case .border: RoleSource("frame.border.fgColor")
        case .focusedBorder: RoleSource("frame.border.focusColor", style: .bold)
        case .guardedBorder: RoleSource("frame.status.errorColor", style: .bold)
        case .title: RoleSource("frame.title.fgColor", on: ["frame.title.bgColor"], style: .bold)
        case .titleHighlight: RoleSource("frame.title.highlightColor", on: ["frame.title.bgColor"])
        case .titleCounter: RoleSource("frame.title.counterColor", on: ["frame.title.bgColor"])
        case .titleFilter: RoleSource("frame.title.filterColor", on: ["frame.title.bgColor"])
        case .headerName: RoleSource("info.sectionColor", style: .bold)
        case .headerText: RoleSource("info.fgColor")
        case .live: RoleSource("body.logoColorInfo", "frame.status.addColor")
        case .stale: RoleSource("body.logoColorWarn", "frame.status.pendingColor", style: .bold)
        case .offline: RoleSource("body.logoColorError", "frame.status.errorColor", style: .bold)
        case .crumb: RoleSource("frame.crumbs.fgColor", on: ["frame.crumbs.bgColor"])
        case .activeCrumb: RoleSource("frame.crumbs.fgColor", on: ["frame.crumbs.activeColor"], style: .bold)
        case .menuKey: RoleSource("frame.menu.keyColor", style: .bold)
        case .menuText: RoleSource("frame.menu.fgColor")
        case .menuDisabled: RoleSource("frame.status.completedColor", style: .dim)
        case .why: RoleSource("frame.status.highlightColor")
        case .whyCause: RoleSource("frame.status.errorColor", style: .bold)
        case .flashInfo: RoleSource("frame.status.newColor")
        case .flashWarning: RoleSource("frame.status.pendingColor", style: .bold)
        case .flashError: RoleSource("frame.status.errorColor", style: .bold)
        case .prompt: RoleSource("prompt.fgColor", on: ["prompt.bgColor"])
        case .promptSuggestion: RoleSource("prompt.suggestColor", on: ["prompt.bgColor"], style: .dim)
        case .promptIcon: RoleSource("prompt.border.command", "frame.menu.keyColor", on: ["prompt.bgColor"], style: .bold)
        case .dialog: RoleSource("dialog.fgColor", on: ["dialog.bgColor"])
        case .dialogTitle: RoleSource("dialog.labelFgColor", on: ["dialog.bgColor"], style: .bold)
        case .dialogLabel: RoleSource("dialog.labelFgColor", on: ["dialog.bgColor"])
        case .dialogField: RoleSource("dialog.fieldFgColor", on: ["dialog.bgColor"], style: .underline)
        case .dialogButton: RoleSource("dialog.buttonFgColor", on: ["dialog.buttonBgColor"])
        case .dialogFocusedButton: RoleSource("dialog.buttonFocusFgColor", on: ["dialog.buttonFocusBgColor"], style: .bold)
        case .helpSection: RoleSource("help.sectionColor", on: ["help.bgColor"], style: .bold)
        case .helpKey: RoleSource("help.keyColor", on: ["help.bgColor"], style: .bold)
        case .helpText: RoleSource("help.fgColor", on: ["help.bgColor"])
        default: tableAndTextSource
        }
    }

    private var tableAndTextSource: RoleSource {
        switch self {
        case .tableHeader: RoleSource("views.table.header.fgColor", on: ["views.table.header.bgColor"], style: .bold)
        case .tableSortedHeader:
            RoleSource(
                "views.table.header.selectedSortColumnColor", "views.table.header.fgColor", on: ["views.table.header.bgColor"], style: .bold
            )
        case .tableSorter: RoleSource("views.table.header.sorterColor", on: ["views.table.header.bgColor"], style: .bold)
        case .cursor: RoleSource("views.table.cursorFgColor", on: ["views.table.cursorBgColor"], style: .bold)
        case .unfocusedCursor: RoleSource("body.fgColor", style: .underline)
        case .mark: RoleSource("views.table.markColor", style: .bold)
        case .statusNormal: RoleSource("frame.status.newColor")
        case .statusAdded: RoleSource("frame.status.addColor")
        case .statusModified, .shrank: RoleSource("frame.status.modifyColor")
        case .statusPending: RoleSource("frame.status.pendingColor")
        case .statusError, .grew: RoleSource("frame.status.errorColor")
        case .statusHighlight: RoleSource("frame.status.highlightColor")
        case .statusKilled: RoleSource("frame.status.killColor")
        case .statusCompleted: RoleSource("frame.status.completedColor")
        case .yamlKey: RoleSource("views.yaml.keyColor")
        case .yamlColon: RoleSource("views.yaml.colonColor")
        case .yamlValue: RoleSource("views.yaml.valueColor")
        case .log: RoleSource("views.logs.fgColor", on: ["views.logs.bgColor"])
        case .logIndicator: RoleSource("views.logs.indicator.fgColor", on: ["views.logs.indicator.bgColor"])
        case .logIndicatorOn: RoleSource("views.logs.indicator.toggleOnColor", on: ["views.logs.indicator.bgColor"], style: .bold)
        case .logIndicatorOff: RoleSource("views.logs.indicator.toggleOffColor", on: ["views.logs.indicator.bgColor"])
        case .logMark: RoleSource("views.table.markColor")
        case .logSource: RoleSource("views.yaml.keyColor")
        case .searchMatch: RoleSource("body.bgColor", on: ["frame.title.filterColor"])
        case .currentSearchMatch: RoleSource("body.bgColor", on: ["frame.menu.keyColor"], style: .bold)
        case .gauge: RoleSource("frame.status.addColor")
        case .gaugeWarning: RoleSource("frame.status.pendingColor")
        case .gaugeCritical: RoleSource("frame.status.errorColor")
        default: RoleSource("body.fgColor")
        }
    }
}
