import ArgumentParser

/// Which simulated cluster to start, if any.
struct SimulationOptions: ParsableArguments {
    static let defaultScenario = "demo"

    @Option(
        name: .customLong("sim"),
        help: ArgumentHelp("Use a simulated cluster: demo, or the scenario named.", valueName: "scenario[:key=value,…]")
    )
    var scenario: ParameterizedName?
}
