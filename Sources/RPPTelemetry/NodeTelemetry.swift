public import Instruments
internal import OTelEmitter

/// All telemetry of a node: its instruments and the snapshot that is derived from them.
///
///     let telemetry = NodeTelemetry(provider: emitter.meterProvider, nodeID: identity)
///     telemetry.runtime.setChainHead(height: 1, hash: "0x2a")
///     let document = telemetry.snapshot().json()
public final class NodeTelemetry: Sendable {
    /// The node's own measurements.
    public let runtime: RuntimeMetrics
    /// The measurements of the network side; nil without a network stack, which then costs nothing.
    public let network: NetworkMetrics?
    /// Base58 PeerId of the node.
    public let nodeID: String

    private let provider: MeterProvider
    private let state: CollectedState<NodeState>

    /// - Parameters:
    ///   - provider: the registry that all instruments belong to.
    ///   - nodeID: base58 PeerId of the node.
    ///   - hasNetwork: whether there is a network stack. Without one, no instruments are registered
    ///     for it and the snapshot's network section is empty.
    ///   - peerLimit: the number of peers whose scores are exported, the lowest first.
    public init(
        provider: MeterProvider, nodeID: String, hasNetwork: Bool = true,
        peerLimit: Int = NetworkMetrics.defaultPeerLimit
    ) {
        self.provider = provider
        self.nodeID = nodeID
        let runtime = RuntimeMetrics(provider: provider)
        self.runtime = runtime
        network = hasNetwork ? NetworkMetrics(provider: provider, peerLimit: peerLimit) : nil
        state = provider.collectState {
            var state = runtime.nodeState
            state.nodeID = nodeID
            return state
        }
    }

    /// The counter of the worker's snapshots that a newer one has replaced. It is registered among
    /// the emitter's own metrics.
    func supersededSnapshots() -> BoundCounter<Int> {
        let counter = provider.ownMeter.make(Catalogue.supersededSnapshots)
        counter.declareZero()
        return counter.bind(.empty)
    }

    /// Makes the node's snapshot from a new collection.
    public func snapshot() -> TelemetrySnapshot {
        snapshot(from: provider.collect())
    }

    /// Makes the node's snapshot as a pure view of a collection, such as the emitter's last one.
    ///
    /// - Parameter metrics: a collection of this telemetry's provider.
    public func snapshot(from metrics: MetricsSnapshot) -> TelemetrySnapshot {
        var unknown = NodeState()
        unknown.nodeID = nodeID
        return TelemetrySnapshot(
            metrics, metrics.state(state) ?? unknown, hasNetwork: network != nil)
    }
}
