internal import RPPTelemetry

/// The results of a verification, stage by stage. It ends with the first stage that fails.
struct VerificationReport: Equatable, Sendable {
    private(set) var stages = StageResults()
    private(set) var failingStage: VerificationStage?
    var sections: ProofSections

    init(sections: ProofSections) {
        self.sections = sections
    }

    /// Whether every stage was reached and passed.
    var isValid: Bool { VerificationStage.allCases.allSatisfy { stages[$0] == .ok } }

    /// Records the result of a stage and returns it, for use in a `guard`.
    mutating func record(_ stage: VerificationStage, _ isSuccessful: Bool) -> Bool {
        stages[stage] = isSuccessful ? .ok : .fail
        if !isSuccessful { failingStage = stage }
        return isSuccessful
    }
}
