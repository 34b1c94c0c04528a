/// What a piece of the screen means; the theme says how that looks. Raw values are the names under `fathom.roles` in a theme file.
nonisolated package enum StyleRole: String, Sendable, Hashable, CaseIterable {
    // The ground
    case text, muted
    case border, focusedBorder, guardedBorder
    case title, titleHighlight, titleCounter, titleFilter

    // Header and footer
    case headerName, headerText
    case live, stale, offline
    case crumb, activeCrumb
    case menuKey, menuText, menuDisabled
    case why, whyCause
    case flashInfo, flashWarning, flashError

    // Prompt, dialogs, help
    case prompt, promptSuggestion, promptIcon
    case dialog, dialogTitle, dialogLabel, dialogField, dialogButton, dialogFocusedButton
    case helpSection, helpKey, helpText

    // Tables
    case tableHeader, tableSortedHeader, tableSorter
    case cursor, unfocusedCursor, mark
    case statusNormal, statusAdded, statusModified, statusPending, statusError, statusHighlight, statusKilled, statusCompleted
    case grew, shrank

    // Text views and logs
    case yamlKey, yamlColon, yamlValue
    case log, logIndicator, logIndicatorOn, logIndicatorOff, logMark, logSource
    case searchMatch, currentSearchMatch

    // Charts
    case gauge, gaugeWarning, gaugeCritical
}
