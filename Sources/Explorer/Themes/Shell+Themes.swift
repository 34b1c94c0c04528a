import Foundation
import TextUI

extension Shell {
    func useTheme(_ name: String) {
        do {
            let skin = try themes.load(name)
            theme = skin.theme
            if let problem = skin.problems.first { report(.warning, "Theme \(name): \(problem)") }
            setNeedsDisplay()
        } catch {
            refuse(error)
        }
    }

    func chooseTheme() {
        let names = themes.names
        let choices = names.map { Choice(title: $0, note: $0 == theme.name ? "(*)" : "") }
        let current = names.firstIndex(of: theme.name) ?? 0
        compositor.push(
            ChoiceLayer(title: "Themes", choices: choices, selected: current, shell: self) { [weak self] in self?.useTheme(names[$0]) })
        setNeedsDisplay()
    }

    private var themes: ThemeStore { ThemeStore(folder: ConfigurationFolder.url(options.environment)?.appending(path: "themes")) }
}
