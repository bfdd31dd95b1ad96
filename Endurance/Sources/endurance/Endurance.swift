/// Runs the scenarios that are too long, or too greedy, for a unit test.
@main
struct Endurance {
    static let scenarios = [
        AllocationsScenario.scenario, CardinalityScenario.scenario, ChurnScenario.scenario,
        ExitsScenario.scenario, FuzzScenario.scenario, NodeScenario.scenario,
        ShutdownsScenario.scenario, ThreadsScenario.scenario,
    ]

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // What returns from here returns from `main`.
        if arguments.first == ExitChild.argument { return ExitChild.run(arguments.dropFirst()) }
        switch Options.parse(arguments, known: scenarios.map(\.name)) {
        case .usage: Output.say(Options.usage)
        case .list: scenarios.forEach { Output.say("\($0.name): \($0.claim)") }
        case .mistake(let text):
            Output.complain("endurance: \(text)\n\n\(Options.usage)", status: 2)
        case .run(let options): run(options)
        }
    }

    private static func run(_ options: Options) {
        var isBroken = false
        for scenario in scenarios where options.selects(scenario.name) {
            // A trap ends the process: the seed has to be out before.
            Output.say("\(scenario.name): seed \(options.seed), scale \(options.scale)")
            var findings = Findings()
            let start = Process.seconds
            scenario.run(Conditions(seed: options.seed, scale: options.scale), &findings)
            findings.note("seconds", Text.rounded(Process.seconds - start))
            for fault in findings.faults { Output.say("\(scenario.name): BROKEN: \(fault)") }
            let state = findings.faults.isEmpty ? "kept" : "broken"
            let figures = findings.figures.joined(separator: ", ")
            Output.say("\(scenario.name): \(state): \(figures)")
            isBroken = isBroken || !findings.faults.isEmpty
        }
        if isBroken { Output.complain("endurance: a claim is broken", status: 1) }
    }
}
