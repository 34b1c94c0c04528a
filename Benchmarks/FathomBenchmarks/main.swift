// Measures what is promised in docs/performance.md. Names given as arguments choose; without any, all run.

let chosen = Set(CommandLine.arguments.dropFirst())

func isChosen(_ name: String) -> Bool {
    chosen.isEmpty || chosen.contains(name)
}

// First: it measures the memory of this process, in which the others leave room behind.
if isChosen("cluster") { try await SimulatedClusterBenchmark().run() }
if isChosen("startup") { try StartupBenchmark().run() }
if isChosen("response") { try ResponseBenchmark().run() }
if isChosen("logs") { try await LogBenchmark().run() }
if isChosen("filter") { try await FilterBenchmark().run() }
if isChosen("json") { try JSONDecodingBenchmark().run() }
