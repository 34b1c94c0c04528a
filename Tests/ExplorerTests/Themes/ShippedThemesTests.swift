import Foundation
import Testing
import TextUI

@testable import Explorer

@Suite("Shipped themes")
struct ShippedThemesTests {
    private static let store = ThemeStore(folder: nil)
    private nonisolated static let names = ["colour-blind", "dark", "high-contrast", "light", "mono"]

    @Test("there are the documented ones")
    func all() {
        #expect(Self.store.names == Self.names)
    }

    @Test("a theme that a file names and nobody has gives way to the standard one; one of the command line is refused")
    func unknown() throws {
        let (skin, problems) = try Self.store.first(asked: nil, configured: "plaid")
        #expect(skin.theme.name == "dark")
        #expect(problems.count == 1 && problems[0].hasPrefix("config.yaml, theme: Can't read theme plaid: there is none of that name"))
        #expect(throws: ThemeError.self) { try Self.store.first(asked: "plaid", configured: "dark") }
        #expect(try Self.store.first(asked: nil, configured: "light").skin.theme.name == "light")
    }

    @Test("each is read without a problem", arguments: names)
    func readable(name: String) throws {
        #expect(try Self.store.load(name).problems == [])
    }

    @Test(
        "every text has the contrast that the theme promises",
        arguments: [("dark", 4.5), ("light", 4.5), ("colour-blind", 4.5), ("high-contrast", 7.0)])
    func contrast(name: String, least: Double) throws {
        let theme = try Self.store.load(name).theme
        // Borders are no text.
        for role in StyleRole.allCases where role != .border {
            let style = theme[role]
            let ratio = try #require(Self.contrast(style.foreground, style.background), "\(role) has no colours of its own")
            #expect(ratio >= least, "\(name): \(role) has \(ratio)")
        }
    }

    @Test("without colours the selection, marks and failures still differ from plain text")
    func mono() throws {
        let theme = try Self.store.load("mono").theme
        for role in StyleRole.allCases {
            #expect(theme[role].foreground == .terminal && theme[role].background == .terminal)
        }
        for role in [StyleRole.cursor, .mark, .statusError, .statusPending, .currentSearchMatch, .dialogFocusedButton] {
            #expect(theme[role] != theme[.text], "\(role)")
        }
    }

    /// WCAG's contrast ratio.
    private static func contrast(_ one: Color, _ other: Color) -> Double? {
        guard let first = luminance(one), let second = luminance(other) else { return nil }
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    private static func luminance(_ color: Color) -> Double? {
        color.components.map { parts in
            let linear = [parts.red, parts.green, parts.blue].map { part -> Double in
                let value = Double(part) / 255
                return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        }
    }
}
