public import Instruments
internal import Synchronization

/// What the node measures of itself (contract, sections 2 to 4): one call per event, which writes
/// all values that belong together.
///
/// Safe to call from any thread; cells are found without a lookup. The calls for proofs, flushes,
/// requests and votes allocate nothing and never wait; those of a round's life and of the chain's
/// head take a lock for as long as a few words are copied. Negative durations and sizes count as 0,
/// so that the values of one call always agree. The instruments belong to the meter `rpp.runtime`
/// of the provider.
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

    /// What no instrument can hold, as it is now.
    var nodeState: NodeState { state.withLock { $0 } }

    // MARK: Levels

    /// The chain's head.
    public func setChainHead(height: UInt64, hash: String) {
        // In one order for both, whoever calls at the same time.
        state.withLock { state in
            state.setHead(height: height, hash: hash)
            blockHeight.record(Int(clamping: height))
        }
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
