import Testing

@testable import KubernetesClient

@Suite("Batch channel", .timeLimit(.minutes(1)))
struct BatchChannelTests {
    @Test("producers that wait for room together all go on once there is some")
    func severalProducers() async {
        for _ in 0..<100 {
            let channel = BatchChannel<Int>(capacity: 1)
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<3 { group.addTask { await channel.send([number]) } }
                await Task.yield()
                var taken: [Int] = []
                while taken.count < 3, let batch = await channel.next() { taken += batch }
                #expect(taken.sorted() == [0, 1, 2])
                for await isRead in group { #expect(isRead) }
            }
        }
    }
}
