import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Time in slices")
struct SliceTests {
    private static let start = Instant(seconds: 1_785_578_400)

    @Test("while there is too much to do, a request doesn't wait for a slice of its own")
    func behind() async throws {
        let cluster = SimulatedCluster(scenario: try ScenarioDefinition.builtIn("empty"), seed: 1, clock: Self.start)
        let goal = Self.start + .seconds(30)
        await cluster.advanceSlice(to: goal) { false }
        let reached = await cluster.now
        #expect(reached < goal)
        // Behind as it is, it doesn't even look at its budget.
        await cluster.keepUp(with: goal, budget: .seconds(3600))
        #expect(await cluster.now == reached)
        await cluster.advanceSlice(to: goal) { true }
        #expect(await cluster.now == goal)
        await cluster.keepUp(with: goal + .seconds(1), budget: .seconds(3600))
        #expect(await cluster.now == goal + .seconds(1))
    }
}
