/// What has become of all data points since the emitter was made.
///
/// `recorded = delivered + pending + lost` holds at all times.
public struct DeliveryTotals: Sendable, Equatable, CustomStringConvertible {
    /// Data points that collections passed on for export, and those that an earlier process had
    /// left in the spool.
    public package(set) var recorded = 0
    /// Data points that a collector has accepted.
    public package(set) var delivered = 0
    /// Data points that are waiting, in memory or on disk, or are being sent.
    public package(set) var pending = 0
    /// Data points declared lost, by reason. Reasons without any are left out.
    public package(set) var lostByReason: [LossReason: Int] = [:]

    /// Data points that have been written to the spool.
    public package(set) var spooled = 0
    /// The part of `delivered` that came from the spool.
    public package(set) var replayed = 0
    /// The part of `pending` that is in the spool and remains when the process ends.
    public package(set) var pendingOnDisk = 0

    package init() {}

    /// Data points declared lost.
    public var lost: Int { lostByReason.values.reduce(0, +) }

    /// Data points whose values never reached the collector: lost, but not superseded.
    package var lostValues: Int { lost - (lostByReason[.superseded] ?? 0) }

    /// `recorded=… delivered=… pending=… lost=…`, in data points.
    public var description: String {
        "recorded=\(recorded) delivered=\(delivered) pending=\(pending) lost=\(lost)"
    }

    mutating func lose(_ points: Int, _ reason: LossReason) {
        guard points > 0 else { return }
        lostByReason[reason, default: 0] += points
    }

    /// Called when the emitter ends: points that wait in memory are lost, and those on disk remain
    /// for a later process.
    mutating func endInMemory() {
        lose(pending - pendingOnDisk, .shutdown)
        pending = pendingOnDisk
    }

    /// Takes back points that were just declared lost, because they had been accepted or refused
    /// before.
    mutating func giveBack(_ points: Int, _ reason: LossReason) {
        let rest = (lostByReason[reason] ?? 0) - points
        lostByReason[reason] = rest > 0 ? rest : nil
    }
}

/// Why a data point was declared lost.
public enum LossReason: String, Sendable, Hashable, CaseIterable {
    /// A newer cumulative point of the same series replaced it. Only resolution is lost, no value.
    case superseded
    /// The collector refused it for good.
    case rejected
    /// It is larger than a request may be, even alone.
    case tooLarge = "too_large"
    /// It waited on disk for longer than the spool's age limit.
    case expired
    /// The spool reached its limit of bytes.
    case spoolLimit = "spool_limit"
    /// The disk did not return what the spool had written.
    case corrupt
    /// Standard output or the file did not accept it.
    case unwritten
    /// The emitter was shut down before it could be delivered.
    case shutdown

    /// Whether only batches on disk can be lost for this reason.
    var isOfTheSpool: Bool {
        switch self {
        case .expired, .spoolLimit, .corrupt: true
        case .superseded, .rejected, .tooLarge, .unwritten, .shutdown: false
        }
    }
}
