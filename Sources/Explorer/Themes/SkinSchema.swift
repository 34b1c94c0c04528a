/// The names that K9s's skins have, whether Fathom draws anything in their colours or not.
enum SkinSchema {
    /// What stands in a section, with its path; sections of sections have entries of their own.
    private static let members: [String: Set<String>] = [
        "": ["body", "prompt", "info", "help", "dialog", "frame", "views"],
        "body": ["fgColor", "bgColor", "logoColor", "logoColorMsg", "logoColorInfo", "logoColorWarn", "logoColorError"],
        "prompt": ["fgColor", "bgColor", "suggestColor", "border"],
        "prompt.border": ["default", "command"],
        "info": ["fgColor", "sectionColor", "cpuColor", "memColor", "k9sRevColor"],
        "help": ["fgColor", "bgColor", "sectionColor", "keyColor", "numKeyColor"],
        "dialog": [
            "fgColor", "bgColor", "buttonFgColor", "buttonBgColor", "buttonFocusFgColor", "buttonFocusBgColor", "labelFgColor",
            "fieldFgColor",
        ],
        "frame": ["title", "border", "menu", "crumbs", "status"],
        "frame.title": ["fgColor", "bgColor", "highlightColor", "counterColor", "filterColor"],
        "frame.border": ["fgColor", "focusColor"],
        "frame.menu": ["fgColor", "fgStyle", "keyColor", "numKeyColor"],
        "frame.crumbs": ["fgColor", "bgColor", "activeColor"],
        "frame.status": [
            "newColor", "modifyColor", "addColor", "pendingColor", "errorColor", "highlightColor", "killColor", "completedColor",
        ],
        "views": ["table", "xray", "charts", "yaml", "logs", "picker"],
        "views.table": ["fgColor", "bgColor", "cursorColor", "cursorFgColor", "cursorBgColor", "markColor", "header"],
        "views.table.header": ["fgColor", "bgColor", "sorterColor", "selectedSortColumnColor"],
        "views.xray": ["fgColor", "bgColor", "cursorColor", "cursorTextColor", "graphicColor", "showIcons"],
        "views.yaml": ["keyColor", "colonColor", "valueColor"],
        "views.logs": ["fgColor", "bgColor", "indicator"],
        "views.logs.indicator": ["fgColor", "bgColor", "toggleOnColor", "toggleOffColor"],
        "views.picker": ["fgColor", "mainColor", "focusColor", "shortcutColor"],
    ]

    /// Whether a section has a member; of those that it doesn't know, as the one of charts with its resources, anything.
    static func has(_ member: String, in section: String) -> Bool {
        members[section]?.contains(member) ?? true
    }
}
