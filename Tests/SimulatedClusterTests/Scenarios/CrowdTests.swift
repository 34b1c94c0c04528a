import Testing

@testable import SimulatedCluster

@Suite("Crowds")
struct CrowdTests {
    @Test("of more than anything can hold are refused", arguments: [("churn", "2000000000"), ("pods", "99999999999"), ("nodes", "0")])
    func bounds(name: String, value: String) {
        #expect(throws: ScenarioError.self) { try ScenarioDefinition.builtIn("large", parameters: [name: value]) }
    }
}
