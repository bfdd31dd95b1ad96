public import Instruments
internal import Synchronization

/// What the node measures of itself (`Documentation/node-contract.md`, sections 2 to 4). Each event
/// takes one call, which records all values that belong together.
///
/// All methods are safe to call from any thread and find their cells without a lookup. The calls
/// for proofs, flushes, requests and votes allocate nothing and never wait. Those for the course of
/// a round and for the chain's head hold a lock while a few words are copied. Negative durations
/// and sizes count as 0, so that the values of one call always agree. The instruments belong to the
/// meter `rpp.runtime` of the provider.
public final class RuntimeMetrics: Sendable {
    static let scope = "rpp.runtime"

    let proofs: ProofInstruments
    let headerFlush: FlushInstruments
    let walFlush: FlushInstruments
    let requests: RequestInstruments
    let consensus: ConsensusInstruments
    private let blockHeight: BoundGauge<Int>
    private let peerCount: BoundGauge<Int>
    private let mempoolTransactions: BoundGauge<Int>
    private let reputationScore: BoundGauge<Double>

    let state = Mutex(NodeState())

    /// Registers the instruments with `provider`.
    public init(provider: MeterProvider) {
        let meter = provider.meter(Self.scope)
        proofs = ProofInstruments(meter)
        headerFlush = FlushInstruments(meter, Catalogue.headerFlush)
        walFlush = FlushInstruments(meter, Catalogue.walFlush)
        requests = RequestInstruments(meter)
        consensus = ConsensusInstruments(meter)
        blockHeight = meter.make(Catalogue.blockHeight).bind(.empty)
        peerCount = meter.make(Catalogue.peerCount).bind(.empty)
        mempoolTransactions = meter.make(Catalogue.mempoolTransactions).bind(.empty)
        reputationScore = meter.make(Catalogue.reputationScore).bind(.empty)
    }

    /// The current state that no instrument can hold.
    var nodeState: NodeState { state.withLock { $0 } }

    // MARK: Levels

    /// Records the chain's head.
    public func setChainHead(height: UInt64, hash: String) {
        // Both are set in the same order, even if several threads call at the same time.
        state.withLock { state in
            state.setHead(height: height, hash: hash)
            blockHeight.record(Int(clamping: height))
        }
    }

    /// Records the number of connected peers.
    public func setPeerCount(_ count: Int) {
        peerCount.record(count)
    }

    /// Records the number of transactions waiting for a block.
    public func setMempoolTransactions(_ count: Int) {
        mempoolTransactions.record(count)
    }

    /// Records the node's own reputation.
    public func setReputation(_ score: Double) {
        reputationScore.record(score)
    }
}
