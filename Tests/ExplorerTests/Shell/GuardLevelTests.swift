import Testing

@testable import Explorer

@Suite("GuardLevel")
struct GuardLevelTests {
    @Test("names that look like production are guarded", arguments: ["prod", "eu-prod-1", "shop.live", "PRD_2"])
    func production(name: String) {
        #expect(GuardLevel.standard(forContext: name) == .strict)
    }

    @Test("names that merely contain the letters are not", arguments: ["product-dev", "reprodb", "delivery", "olive", ""])
    func others(name: String) {
        #expect(GuardLevel.standard(forContext: name) == .confirm)
    }
}
