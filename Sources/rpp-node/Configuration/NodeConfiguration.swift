/// Everything that decides how a node runs.
struct NodeConfiguration: Equatable, Sendable {
    static let validatorRange = 1...16
    static let secondsRange = 1...86_400
    static let lingerRange = 0...86_400
    static let roundsRange = 1...1_000_000
    static let intervalRange = 1...60_000

    var duration = Duration.seconds(15)
    /// How long the node is still read after its run, or until it is told to stop.
    var linger = Duration.zero
    /// The run also ends when so many rounds have ended; nil: only the time counts.
    var roundLimit: Int?
    var seed: UInt64 = 1
    /// 0 lets the kernel choose.
    var rpcPort: UInt16 = 0
    var validators = 4
    /// The last so many validators are stopped from the start: their sockets are closed.
    var stoppedValidators = 0
    /// The last so many of the running validators misbehave in every way that is punished.
    var faultyValidators = 0
    /// Nil means a private temporary directory that is removed at the end.
    var dataDirectory: String?
    /// A node alone: no mesh, no peers, blocks sealed by its own vote.
    var isWithoutNetwork = false

    /// The time from the start of one round to the start of the next, if the first one seals.
    var roundInterval = Duration.milliseconds(100)
    /// A round that hasn't sealed by then has timed out.
    var roundTimeout = Duration.milliseconds(300)
    /// How long a validator waits for a full mesh before its first round.
    var meshPatience = Duration.milliseconds(400)
    /// The time between two requests of the node's own RPC driver.
    var requestInterval = Duration.milliseconds(20)
    var blockProofs = ProofParameters.consensus
    var lightProofs = ProofParameters.light
}
