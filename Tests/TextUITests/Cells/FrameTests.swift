import Testing
import TextUI

@Suite("Frame")
struct FrameTests {
    @Test("text is cut at both edges of its clip and outside rows are left alone")
    func clipping() {
        var frame = Frame(size: Size(width: 8, height: 2))
        frame.write("abcdefgh", at: Point(x: -2, y: 0), in: Rect(x: 1, y: 0, width: 3, height: 2))
        frame.write("below", at: Point(x: 0, y: 2))
        frame.write("above", at: Point(x: 0, y: -1))
        #expect(frame.picture == " def\n")
    }

    @Test("a wide character takes two cells and one that does not fit becomes a space")
    func wide() {
        var frame = Frame(size: Size(width: 5, height: 1))
        #expect(frame.write("日本語", at: .zero) == 6)
        #expect(frame.picture == "日本")
        #expect(frame[Point(x: 1, y: 0)].isContinuation)
        #expect(frame[Point(x: 4, y: 0)].scalar == " ")
    }

    @Test("writing over half of a wide character blanks the other half")
    func halves() {
        var left = Frame(size: Size(width: 4, height: 1))
        left.write("日本", at: .zero)
        left.write("x", at: Point(x: 1, y: 0))
        #expect(left.picture == " x本")
        var right = Frame(size: Size(width: 4, height: 1))
        right.write("日本", at: .zero)
        right.write("x", at: Point(x: 2, y: 0))
        #expect(right.picture == "日x")
    }

    @Test("control characters are shown, and what has no width is dropped")
    func unsafeText() {
        var frame = Frame(size: Size(width: 10, height: 1))
        frame.write("\u{301}e\u{200D}\u{FE0F}\u{1B}[2J\u{202E}", at: .zero)
        #expect(Array(frame.picture.unicodeScalars) == Array("e␛[2J\u{FFFD}".unicodeScalars))
    }

    @Test("combining marks stay on their character, as many as a terminal takes, and go with it")
    func marks() {
        var frame = Frame(size: Size(width: 4, height: 1))
        frame.write("ส\u{E27}\u{E31}e" + String(repeating: "\u{301}", count: 9), at: .zero)
        #expect(frame.marks == [1: ["\u{E31}"], 2: ["\u{301}", "\u{301}", "\u{301}", "\u{301}"]])
        frame.write("xy", at: .zero)
        #expect(frame.marks.keys.sorted() == [2])
        frame.fill(frame.bounds)
        #expect(frame.marks.isEmpty)
    }

    @Test("styles are told apart in a picture of their own")
    func styles() {
        let bold = Style(attributes: .bold)
        var frame = Frame(size: Size(width: 4, height: 2))
        frame.write("ab", at: Point(x: 1, y: 0), style: bold)
        frame.restyle(Rect(x: 3, y: 1, width: 9, height: 9)) { $0.attributes.insert(.reverse) }
        #expect(frame.stylePicture([bold: "b"]) == ".bb.\n...?")
    }
}
