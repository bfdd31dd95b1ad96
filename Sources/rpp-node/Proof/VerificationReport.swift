internal import RPPTelemetry

/// What a verification found, stage by stage; it ends with the first stage that fails.
struct VerificationReport: Equatable, Sendable {
    private(set) var stages = StageResults()
    private(set) var failingStage: VerificationStage?
    var sections: ProofSections

    init(sections: ProofSections) {
        self.sections = sections
    }

    /// Whether every stage was reached and passed.
    var isValid: Bool { VerificationStage.allCases.allSatisfy { stages[$0] == .ok } }

    /// Notes the stage's result and returns it, so that a guard can stand on it.
    mutating func record(_ stage: VerificationStage, _ isSuccessful: Bool) -> Bool {
        stages[stage] = isSuccessful ? .ok : .fail
        if !isSuccessful { failingStage = stage }
        return isSuccessful
    }
}
