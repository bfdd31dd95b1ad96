import Instruments

/// Every public entry of Instruments is called with values that nobody expects.
enum FuzzScenario {
    static let scenario = Scenario(
        name: "fuzz", claim: "no public entry traps, whatever it is called with", run: run)

    /// Providers at full scale.
    private static let worlds = 60
    /// Calls to each.
    private static let calls = 400

    private static let entries =
        FuzzValues.entries + FuzzSums.entries + FuzzLevels.entries + FuzzHistograms.entries
        + FuzzClosed.entries + FuzzObservables.entries + FuzzDefinitions.entries
        + FuzzProvider.entries + FuzzSnapshots.entries + FuzzPoints.entries + FuzzReaders.entries
        + FuzzHooks.entries

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        var extremes = Extremes(seed: conditions.seed)
        var calls = 0
        var points = 0
        let worlds = conditions.count(worlds)
        for _ in 0..<worlds {
            let world = FuzzWorld(&extremes)
            for _ in 0..<Self.calls {
                extremes.pick(entries).call(world, &extremes)
                calls += 1
            }
            points += world.collect().pointCount
            world.registrations.forEach { $0.cancel() }
        }
        // Each once more at least, so that none depends on luck in a short run.
        let world = FuzzWorld(&extremes)
        for entry in entries { entry.call(world, &extremes) }
        findings.note("providers", worlds + 1)
        findings.note("entries", entries.flatMap(\.covers).count)
        findings.note("calls", calls + entries.count)
        findings.note("points", points)
        findings.claim(points > 0 || worlds < 10, "nothing was ever measured")
    }
}
