/// How the stages of one verification ended. A stage that was not reached has no result.
///
///     var stages = StageResults()
///     stages[.parse] = .ok
///     stages[.params] = .fail
///
/// The value has two bytes, so filling and recording it allocates nothing.
public struct StageResults: Sendable, Equatable {
    private var reached: UInt8 = 0
    private var failed: UInt8 = 0

    /// No stage has been reached.
    public init() {}

    /// How a stage ended; nil if it was not reached.
    public subscript(stage: VerificationStage) -> StageResult? {
        get {
            let bit = Self.bit(stage)
            if reached & bit == 0 { return nil }
            return failed & bit == 0 ? .ok : .fail
        }
        set {
            let bit = Self.bit(stage)
            reached = newValue == nil ? reached & ~bit : reached | bit
            failed = newValue == .fail ? failed | bit : failed & ~bit
        }
    }

    /// Calls `body` for each stage that has a result, in the order of the stages.
    func forEach(_ body: (VerificationStage, StageResult) -> Void) {
        var number = 0
        while let stage = VerificationStage(rawValue: number) {
            if let result = self[stage] { body(stage, result) }
            number += 1
        }
    }

    private static func bit(_ stage: VerificationStage) -> UInt8 { 1 << UInt8(stage.rawValue) }
}

/// The sizes of a verified proof and of its parts, in bytes.
public struct ProofSizes: Sendable, Equatable {
    /// The whole proof.
    public var total: Int
    /// The part with the parameters.
    public var parameters: Int
    /// The part with the public inputs.
    public var publicInputs: Int
    /// Everything except the parameters and the public inputs.
    public var payload: Int

    /// Makes the sizes, in bytes. It does not check that they add up.
    public init(total: Int, parameters: Int, publicInputs: Int, payload: Int) {
        self.total = total
        self.parameters = parameters
        self.publicInputs = publicInputs
        self.payload = payload
    }
}
