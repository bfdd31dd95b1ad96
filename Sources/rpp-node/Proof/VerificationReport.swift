/// The stages of a verification, in their order.
enum VerificationStage: String, CaseIterable, Sendable {
    case parse, params, `public`, merkle, fri, composition
}

/// What a verification found, stage by stage; it ends with the first stage that fails.
struct VerificationReport: Equatable, Sendable {
    struct StageResult: Equatable, Sendable {
        let stage: VerificationStage
        let isSuccessful: Bool
    }

    private(set) var stages: [StageResult] = []
    var sections: ProofSections

    var failingStage: VerificationStage? {
        stages.first { !$0.isSuccessful }?.stage
    }

    var isValid: Bool {
        failingStage == nil && stages.count == VerificationStage.allCases.count
    }

    /// Notes the stage's result and returns it, so that a guard can stand on it.
    mutating func record(_ stage: VerificationStage, _ isSuccessful: Bool) -> Bool {
        stages.append(StageResult(stage: stage, isSuccessful: isSuccessful))
        return isSuccessful
    }
}
