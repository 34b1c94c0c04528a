import Testing
import TextUI

@Suite("Pictures of frames")
struct FrameSVGTests {
    private func elements(_ text: String, _ style: Style = .plain) -> [String] {
        var frame = Frame(size: Size(width: TextWidth.of(text), height: 1))
        frame.write(text, at: .zero, style: style)
        return frame.svg.split(separator: "\n").map(String.init).filter {
            $0.hasPrefix("<text") || $0.hasPrefix("<path") || $0.hasPrefix("<rect x")
        }
    }

    @Test("text keeps its width in whatever font, and nothing of it is markup")
    func text() {
        #expect(
            elements("a<&", Style(foreground: .rgb(255, 0, 0), attributes: .bold)) == [
                ##"<text x="8" y="21" textLength="25.2" xml:space="preserve" fill="#ff0000" font-weight="bold">a&lt;&amp;</text>"##
            ])
    }

    @Test("what stands after blanks has a place of its own")
    func columns() {
        let places = elements("  ab c  d  ").compactMap {
            $0.firstMatch(of: /x="([0-9.]+)".*textLength="([0-9.]+)".*>(.*)<\/text>/)?.output
        }
        #expect(places.map { "\($0.1) \($0.2) \($0.3)" } == ["24.8 33.6 ab c", "75.2 8.4 d"])
    }

    @Test("box lines and blocks are shapes that join")
    func shapes() {
        #expect(
            elements("─┐█") == [
                ##"<path fill="#d5c4a1" d="M8 15.91h8.4v1.19H8zM16.4 15.91h4.79v1.19H16.4zM20.01 15.91h1.18v9.1H20.01zM24.8 8h8.4v17H24.8z"/>"##
            ])
    }

    @Test("signs that another font may have keep to their own places, wide ones to two")
    func signs() {
        #expect(elements("a●日b").map { $0.contains("textLength=\"16.8\"") } == [false, false, true, false])
    }

    @Test("what is underlined or has a colour behind it shows so where it is blank")
    func blanks() {
        var frame = Frame(size: Size(width: 2, height: 1))
        frame.write(" ", at: Point(x: 1, y: 0), style: Style(background: .rgb(0, 0, 255)))
        #expect(frame.svg.contains(##"<rect x="16.4" y="8" width="8.4" height="17" fill="#0000ff"/>"##))
        #expect(elements(" ", Style(attributes: .underline)) == [##"<rect x="8" y="23" width="8.4" height="1" fill="#d5c4a1"/>"##])
    }
}
