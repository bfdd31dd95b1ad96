package import Instruments

/// All instruments of a node. Dashboards depend on their names, keys and units
/// (`Documentation/node-contract.md`).
///
/// Each instrument is defined once, either here or, next to its attributes, in one of the files
/// `Catalogue+….swift`.
package enum Catalogue {
    /// The instruments of the meter `rpp.runtime`.
    package static let runtime = proofs + storage + requests + consensus + levels
    /// The instruments of the meter `rpp.network`.
    package static let network = gossip
    /// The instruments that a `TelemetryWorker` adds to the meter `otelemitter`.
    package static let worker = [supersededSnapshots.definition]

    // MARK: Levels

    private static let levels = [
        blockHeight.definition, peerCount.definition, mempoolTransactions.definition,
        reputationScore.definition,
    ]

    package static let blockHeight = InstrumentDefinition.gauge(
        "rpp.runtime.chain.block_height", unit: "{block}",
        description: "Height of the chain's head.", of: Int.self)
    package static let peerCount = InstrumentDefinition.gauge(
        "rpp.runtime.network.peer_count", unit: "{peer}",
        description: "Connected peers.", of: Int.self)
    package static let mempoolTransactions = InstrumentDefinition.gauge(
        "rpp.runtime.mempool.transactions", unit: "{transaction}",
        description: "Transactions waiting for a block.", of: Int.self)
    package static let reputationScore = InstrumentDefinition.gauge(
        "rpp.runtime.reputation.score", unit: "{score}",
        description: "The node's own reputation.")

    // MARK: The worker

    package static let supersededSnapshots = InstrumentDefinition.counter(
        "otelemitter.telemetry_worker.snapshots.superseded", unit: "{snapshot}",
        description: "Snapshots that a newer one replaced before they were delivered.")
}

/// The kinds of instrument that the catalogue mostly consists of.
extension InstrumentDefinition {
    static func events<Attributes: ClosedAttributes>(
        _ name: String, _ description: String, over: Attributes.Type
    ) -> Typed<ClosedCounter<Int, Attributes>> {
        counter(name, unit: "1", description: description, over: over)
    }

    /// A histogram of durations in milliseconds.
    static func durations<Attributes: ClosedAttributes>(
        _ name: String, _ description: String, boundaries: [Double], over: Attributes.Type
    ) -> Typed<ClosedHistogram<Double, Attributes>> {
        histogram(name, unit: "ms", description: description, boundaries: boundaries, over: over)
    }

    /// A histogram of sizes in bytes.
    static func sizes<Attributes: ClosedAttributes>(
        _ name: String, _ description: String, over: Attributes.Type
    ) -> Typed<ClosedHistogram<Int, Attributes>> {
        histogram(
            name, unit: "By", description: description, boundaries: Boundaries.bytes, of: Int.self,
            over: over)
    }
}
