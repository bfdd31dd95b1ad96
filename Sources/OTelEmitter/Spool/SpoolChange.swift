/// The amount of data that waits in the spool, or in a part of it.
package struct SpoolVolume: Sendable, Equatable {
    package var batches = 0
    package var points = 0
    /// The size of the files in bytes, including headers.
    package var bytes = 0

    package init(batches: Int = 0, points: Int = 0, bytes: Int = 0) {
        self.batches = batches
        self.points = points
        self.bytes = bytes
    }

    package static func + (left: SpoolVolume, right: SpoolVolume) -> SpoolVolume {
        SpoolVolume(
            batches: left.batches + right.batches, points: left.points + right.points,
            bytes: left.bytes + right.bytes)
    }

    mutating func add(_ name: SpoolName) {
        batches += 1
        points += Int(name.points)
        bytes += name.fileBytes
    }

    mutating func subtract(_ name: SpoolName) {
        batches -= 1
        points -= Int(name.points)
        bytes -= name.fileBytes
    }
}

/// What has changed in the spool since the last report.
package struct SpoolChange: Equatable {
    /// Data points that this process has adopted from earlier incarnations.
    package var adoptedPoints = 0
    /// Data points of adopted files that this build does not understand after all, and leaves there.
    package var foreignPoints = 0
    /// Data points that were given up, by reason.
    var lost: [LossReason: Int] = [:]
    /// If the batch that `Spool.next` returned last was given up, the reason.
    var givenUpCurrent: LossReason?
    /// Files that don't belong to the spool, can't be read, or were written by another version.
    /// Damaged batches, which are removed, count too.
    package var skippedFiles = 0
    /// Set if the disk has begun to fail. Batches wait in memory until it works again.
    package var trouble: SpoolError?
    /// Set if the disk works again, to the duration of the failure.
    package var recovered: Duration?
    /// Whether `maintain` has more to do and should be called again soon.
    package var isUnfinished = false

    mutating func lose(_ points: UInt32, _ reason: LossReason) {
        lost[reason, default: 0] += Int(points)
    }

    /// Adds what came from earlier processes and what was given up.
    package func count(in totals: inout DeliveryTotals) {
        totals.recorded += adoptedPoints - foreignPoints
        lost.forEach { totals.lose($0.value, $0.key) }
    }
}

/// Knows whether the disk fails and since when, and reports the beginning and the end once each.
struct SpoolTroubles {
    private var current: [SpoolError.Operation: SpoolError] = [:]
    private var began: MonotonicTime?

    /// Notes that an operation failed.
    mutating func failed(_ error: SpoolError, at time: MonotonicTime, _ change: inout SpoolChange) {
        current[error.operation] = error
        guard began == nil else { return }
        if let outage = change.recovered {
            // The recovery has not been reported yet, so this is the same failure.
            change.recovered = nil
            began = time + (.zero - outage)
        } else {
            began = time
        }
        change.trouble = error
    }

    /// Notes that an operation succeeded.
    mutating func worked(
        _ operation: SpoolError.Operation, at time: MonotonicTime, _ change: inout SpoolChange
    ) {
        guard current.removeValue(forKey: operation) != nil, current.isEmpty, let began else {
            return
        }
        self.began = nil
        change.recovered = time - began
    }
}
