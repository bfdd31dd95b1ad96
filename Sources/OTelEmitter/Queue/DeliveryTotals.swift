/// What has become of all data points since the emitter was made.
///
/// `recorded = delivered + pending + lost` holds at every instant.
public struct DeliveryTotals: Sendable, Equatable, CustomStringConvertible {
    /// Data points that collections handed to the export side.
    public internal(set) var recorded = 0
    /// Data points that a collector has accepted.
    public internal(set) var delivered = 0
    /// Data points that wait in the queue or are on their way.
    public internal(set) var pending = 0
    /// Data points declared lost, by reason; without zeroes.
    public internal(set) var lostByReason: [LossReason: Int] = [:]

    /// Data points declared lost.
    public var lost: Int { lostByReason.values.reduce(0, +) }

    /// Data points whose values never reached the collector: lost, but not superseded.
    var lostValues: Int { lost - (lostByReason[.superseded] ?? 0) }

    /// `recorded=… delivered=… pending=… lost=…`, in data points.
    public var description: String {
        "recorded=\(recorded) delivered=\(delivered) pending=\(pending) lost=\(lost)"
    }

    mutating func lose(_ points: Int, _ reason: LossReason) {
        guard points > 0 else { return }
        lostByReason[reason, default: 0] += points
    }
}

/// Why a data point was declared lost.
public enum LossReason: String, Sendable, Hashable, CaseIterable {
    /// A newer cumulative point of the series took its place: resolution is lost, no value.
    case superseded
    /// The collector refused it for good.
    case rejected
    /// Standard output or the file did not take it.
    case unwritten
    /// The emitter was shut down before it could be delivered.
    case shutdown
}
