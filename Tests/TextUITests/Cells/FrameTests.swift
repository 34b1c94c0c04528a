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

    @Test("combining marks are dropped and control characters are shown")
    func unsafeText() {
        var frame = Frame(size: Size(width: 10, height: 1))
        frame.write("e\u{301}\u{1B}[2J\u{202E}", at: .zero)
        #expect(frame.picture == "e␛[2J\u{FFFD}")
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
