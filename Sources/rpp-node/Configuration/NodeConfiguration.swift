/// Everything that decides how a node runs.
struct NodeConfiguration: Equatable, Sendable {
    static let validatorRange = 1...16
    static let secondsRange = 1...86_400
    static let lingerRange = 0...86_400
    static let roundsRange = 1...1_000_000
    static let intervalRange = 1...60_000

    var duration = Duration.seconds(15)
    /// How long the node can still be read after its run, unless it is told to stop earlier.
    var linger = Duration.zero
    /// The number of rounds after which the run ends early; nil if only the time counts.
    var roundLimit: Int?
    var seed: UInt64 = 1
    /// The port of the RPC server; 0 lets the kernel choose.
    var rpcPort: UInt16 = 0
    var validators = 4
    /// The number of validators, counted from the last, that are stopped from the start: their
    /// sockets are closed.
    var stoppedValidators = 0
    /// The number of running validators, counted from the last, that commit every punishable
    /// offence.
    var faultyValidators = 0
    /// The directory of the storage files; nil stands for a private temporary one that is removed
    /// at the end.
    var dataDirectory: String?
    /// Whether the node is alone: without mesh and peers, sealing blocks by its own vote.
    var isWithoutNetwork = false

    /// The time from the start of one round to the start of the next, if the first one seals.
    var roundInterval = Duration.milliseconds(100)
    /// The time after which a round that has not sealed a block times out.
    var roundTimeout = Duration.milliseconds(300)
    /// How long a validator waits for a full mesh before its first round.
    var meshPatience = Duration.milliseconds(400)
    /// The time between two requests of the node's own RPC driver.
    var requestInterval = Duration.milliseconds(20)
    var blockProofs = ProofParameters.consensus
    var lightProofs = ProofParameters.light
}
