/// Something that a program does to its instruments for long, and what must hold all the while.
struct Scenario: Sendable {
    let name: String
    /// What must hold, in one sentence.
    let claim: String
    let run: @Sendable (Conditions, inout Findings) -> Void
}

/// What a scenario is run with.
struct Conditions: Sendable {
    let seed: UInt64
    /// The part of the full work that shall be done.
    let scale: Double

    /// That part of `full`, at least 1.
    func count(_ full: Int) -> Int { max(Int(Double(full) * scale), 1) }

    var random: SeededRandom { SeededRandom(seed: seed) }
}

/// What a scenario has seen.
struct Findings: Sendable {
    /// For people, in the order in which they were noted.
    private(set) var figures: [String] = []
    /// The claims that did not hold.
    private(set) var faults: [String] = []

    mutating func note(_ name: String, _ value: some CustomStringConvertible) {
        figures.append("\(name) \(value)")
    }

    mutating func claim(_ holds: Bool, _ text: @autoclosure () -> String) {
        if !holds { faults.append(text()) }
    }

    /// Claims that two figures are equal, and says both if they are not.
    mutating func claimEqual<Value: Equatable>(_ what: String, _ seen: Value, _ expected: Value) {
        claim(seen == expected, "\(what) is \(seen), not \(expected)")
    }

    /// Notes how much memory a scenario has come to hold, and claims that it is within its budget.
    mutating func claimFlat(from before: Int, to after: Int, budget: Int) {
        note("RSS before", Text.mebibytes(before))
        note("after", Text.mebibytes(after))
        note("growth", "\(Text.mebibytes(after - before)) of \(Text.mebibytes(budget))")
        claim(
            after - before <= budget,
            "memory grew by \(Text.mebibytes(after - before)), budget \(Text.mebibytes(budget))")
    }
}
