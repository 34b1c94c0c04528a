import Testing

@testable import Troubleshooting

@Suite("Words of a shell")
struct ShellWordTests {
    @Test(
        "what is not plain stands in quotes",
        arguments: [
            ("deployment/coredns", "deployment/coredns"), ("", "''"), ("$(x) y", "'$(x) y'"), ("it's", #"'it'\''s'"#), ("大", "'大'"),
        ])
    func quoted(_ text: String, word: String) {
        #expect(ShellWord.quoted(text) == word)
    }
}
