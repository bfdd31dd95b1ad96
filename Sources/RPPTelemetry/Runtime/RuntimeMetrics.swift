public import Instruments
internal import Synchronization

/// What the node measures of itself (contract, sections 2 and 4): one call per event, which writes
/// all values that belong together.
///
/// Safe to call from any thread; cells are found without a lookup, nothing is allocated, and no
/// call blocks. The instruments belong to the meter `rpp.runtime` of the provider.
public final class RuntimeMetrics: Sendable {
    private typealias Proof = AttributePair<ProofBackend, ProofKind>
    private typealias Verification = AttributePair<VerificationBackend, ProofKind>
    private typealias VerificationOutcome = AttributePair<Verification, VerificationResult>
    private typealias Request = AttributePair<RPCMethod, RPCResult>

    static let scope = "rpp.runtime"

    private let generationDuration: ClosedHistogram<Double, Proof>
    private let generationSize: ClosedHistogram<Int, Proof>
    private let generationCount: ClosedCounter<Int, Proof>
    private let verificationDuration: ClosedHistogram<Double, Verification>
    private let verificationOutcomes: ClosedCounter<Int, VerificationOutcome>
    private let headerFlush: FlushInstruments
    private let walFlush: FlushInstruments
    private let requestLatency: ClosedHistogram<Double, Request>
    private let requestTotal: ClosedCounter<Int, Request>
    private let roundDuration: ClosedHistogram<Double, RoundOutcome>
    private let quorumLatency: BoundHistogram<Double>
    private let leaderChanges: BoundCounter<Int>
    private let blockHeight: BoundGauge<Int>
    private let peerCount: BoundGauge<Int>
    private let mempoolTransactions: BoundGauge<Int>
    private let reputationScore: BoundGauge<Double>

    private let state = Mutex(NodeState())

    /// Registers the instruments with `provider`.
    public init(provider: MeterProvider) {
        let meter = provider.meter(Self.scope)
        generationDuration = meter.histogram(
            Name.generationDuration, unit: "ms", boundaries: Boundaries.proofMilliseconds,
            over: Proof.self)
        generationSize = meter.histogram(
            Name.generationSize, unit: "By", boundaries: Boundaries.bytes, of: Int.self,
            over: Proof.self)
        generationCount = meter.counter(Name.generationCount, unit: "1", over: Proof.self)
        verificationDuration = meter.histogram(
            Name.verificationDuration, unit: "ms", boundaries: Boundaries.proofMilliseconds,
            over: Verification.self)
        verificationOutcomes = meter.counter(
            Name.verificationOutcomes, unit: "1", over: VerificationOutcome.self)
        headerFlush = FlushInstruments(meter, "rpp.runtime.storage.header_flush")
        walFlush = FlushInstruments(meter, "rpp.runtime.storage.wal_flush")
        requestLatency = meter.histogram(
            Name.requestLatency, unit: "ms", boundaries: Boundaries.requestMilliseconds,
            over: Request.self)
        requestTotal = meter.counter(Name.requestTotal, unit: "1", over: Request.self)
        requestTotal.declareZero { $0.second == .serverError }
        roundDuration = meter.histogram(
            Name.roundDuration, unit: "ms", boundaries: Boundaries.roundMilliseconds,
            over: RoundOutcome.self)
        quorumLatency = meter.histogram(
            Name.quorumLatency, unit: "ms", boundaries: Boundaries.roundMilliseconds
        ).bind(.empty)
        let changes = meter.counter(Name.leaderChanges, unit: "1", of: Int.self)
        changes.declareZero()
        leaderChanges = changes.bind(.empty)
        blockHeight = meter.gauge(Name.blockHeight, unit: "{block}", of: Int.self).bind(.empty)
        peerCount = meter.gauge(Name.peerCount, unit: "{peer}", of: Int.self).bind(.empty)
        mempoolTransactions = meter.gauge(
            Name.mempoolTransactions, unit: "{transaction}", of: Int.self
        ).bind(.empty)
        reputationScore = meter.gauge(
            Name.reputationScore, unit: "{score}", of: Double.self
        ).bind(.empty)
    }

    /// What no instrument can hold, as it is now.
    var nodeState: NodeState { state.withLock { $0 } }

    // MARK: Proofs

    /// A proof was generated: `duration` of the generation, `bytes` of the proof.
    public func recordProofGeneration(
        backend: ProofBackend, kind: ProofKind, duration: Duration, bytes: Int
    ) {
        let attributes = Proof(backend, kind)
        generationDuration.record(duration.milliseconds, attributes)
        generationSize.record(bytes, attributes)
        generationCount.add(1, attributes)
    }

    /// A proof was verified, or its verification bypassed.
    public func recordProofVerification(
        backend: VerificationBackend, kind: ProofKind, result: VerificationResult,
        duration: Duration
    ) {
        let attributes = Verification(backend, kind)
        verificationDuration.record(duration.milliseconds, attributes)
        verificationOutcomes.add(1, VerificationOutcome(attributes, result))
    }

    // MARK: Storage

    /// A flush of the header was attempted; failed attempts count too.
    public func recordHeaderFlush(outcome: FlushOutcome, duration: Duration, bytes: Int) {
        headerFlush.record(outcome, duration, bytes)
    }

    /// A flush of the write-ahead log was attempted; failed attempts count too.
    public func recordWALFlush(outcome: FlushOutcome, duration: Duration, bytes: Int) {
        walFlush.record(outcome, duration, bytes)
    }

    // MARK: RPC

    /// A request was answered with this HTTP status; a handler that failed answers 500.
    public func recordRequest(method: RPCMethod, status: Int, duration: Duration) {
        let attributes = Request(method, RPCResult(status: status))
        requestLatency.record(duration.milliseconds, attributes)
        requestTotal.add(1, attributes)
    }

    // MARK: Consensus

    /// A round begins. A leader other than the previous round's is one leader change.
    public func roundStarted(height: UInt64, round: UInt64, leader: String) {
        let isChange = state.withLock { state in
            state.start(height: height, round: round, leader: leader)
        }
        if isChange { leaderChanges.add(1) }
    }

    /// The round has a quorum. Counts once, and only for the round that was last started.
    public func quorumReached(height: UInt64, round: UInt64, after latency: Duration) {
        let counts = state.withLock { state in
            state.reachQuorum(height: height, round: round, after: latency)
        }
        if counts { quorumLatency.record(latency.milliseconds) }
    }

    /// The round is over. Counts once, and only for the round that was last started.
    public func roundEnded(
        height: UInt64, round: UInt64, outcome: RoundOutcome, after duration: Duration
    ) {
        let counts = state.withLock { state in
            state.end(height: height, round: round, after: duration)
        }
        if counts { roundDuration.record(duration.milliseconds, outcome) }
    }

    // MARK: Levels

    /// The chain's head.
    public func setChainHead(height: UInt64, hash: String) {
        state.withLock { $0.setHead(height: height, hash: hash) }
        blockHeight.record(Int(clamping: height))
    }

    /// Peers that are connected.
    public func setPeerCount(_ count: Int) {
        peerCount.record(count)
    }

    /// Transactions that wait for a block.
    public func setMempoolTransactions(_ count: Int) {
        mempoolTransactions.record(count)
    }

    /// The node's own reputation.
    public func setReputation(_ score: Double) {
        reputationScore.record(score)
    }
}

/// Duration, size and number of one kind of flush.
private struct FlushInstruments: Sendable {
    let duration: ClosedHistogram<Double, FlushOutcome>
    let bytes: ClosedHistogram<Int, FlushOutcome>
    let total: ClosedCounter<Int, FlushOutcome>

    init(_ meter: Meter, _ family: String) {
        duration = meter.histogram(
            family + ".duration", unit: "ms", boundaries: Boundaries.requestMilliseconds,
            over: FlushOutcome.self)
        bytes = meter.histogram(
            family + ".bytes", unit: "By", boundaries: Boundaries.bytes, of: Int.self,
            over: FlushOutcome.self)
        total = meter.counter(family + ".total", unit: "1", over: FlushOutcome.self)
        total.declareZero()
    }

    func record(_ outcome: FlushOutcome, _ elapsed: Duration, _ size: Int) {
        duration.record(elapsed.milliseconds, outcome)
        bytes.record(size, outcome)
        total.add(1, outcome)
    }
}
