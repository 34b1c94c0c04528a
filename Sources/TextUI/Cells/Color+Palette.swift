/// How many colours a terminal shows.
package enum ColorDepth: Sendable, Hashable {
    case monochrome
    case sixteen
    case palette256
    case trueColor
}

extension Color {
    /// The nearest colour that a terminal of `depth` shows.
    package func reduced(to depth: ColorDepth) -> Color {
        switch (depth, self) {
        case (.monochrome, _): .terminal
        case (_, .terminal), (.trueColor, _), (.palette256, .indexed): self
        case (.palette256, .rgb(let red, let green, let blue)): .indexed(Self.nearest256(red, green, blue))
        case (.sixteen, .indexed(let index)) where index < 16: self
        case (.sixteen, .indexed(let index)):
            { .indexed(Self.nearest16($0.0, $0.1, $0.2)) }(Self.components(ofIndex: index))
        case (.sixteen, .rgb(let red, let green, let blue)): .indexed(Self.nearest16(red, green, blue))
        }
    }

    /// Red, green and blue of a palette entry, as xterm defines it; nil for the terminal's own colours.
    package var components: (red: UInt8, green: UInt8, blue: UInt8)? {
        switch self {
        case .terminal: nil
        case .rgb(let red, let green, let blue): (red, green, blue)
        case .indexed(let index): Self.components(ofIndex: index)
        }
    }

    private static let named: [(red: UInt8, green: UInt8, blue: UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
    private static let cubeSteps: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static func components(ofIndex index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        switch index {
        case 0..<16: return named[Int(index)]
        case 16..<232:
            let cube = Int(index) - 16
            return (cubeSteps[cube / 36], cubeSteps[cube / 6 % 6], cubeSteps[cube % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            return (grey, grey, grey)
        }
    }

    private static func nearest256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        nearest(to: (red, green, blue), among: 16...255)
    }

    private static func nearest16(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
        nearest(to: (red, green, blue), among: 0...15)
    }

    private static func nearest(to wanted: (UInt8, UInt8, UInt8), among candidates: ClosedRange<UInt8>) -> UInt8 {
        candidates.min { distance(wanted, components(ofIndex: $0)) < distance(wanted, components(ofIndex: $1)) } ?? 0
    }

    /// Squared distance weighted by the mean of the reds: close to what eyes see, and cheap ("redmean").
    private static func distance(_ one: (UInt8, UInt8, UInt8), _ other: (red: UInt8, green: UInt8, blue: UInt8)) -> Int {
        let mean = (Int(one.0) + Int(other.red)) / 2
        let red = Int(one.0) - Int(other.red)
        let green = Int(one.1) - Int(other.green)
        let blue = Int(one.2) - Int(other.blue)
        return ((512 + mean) * red * red) >> 8 + 4 * green * green + ((767 - mean) * blue * blue) >> 8
    }
}
