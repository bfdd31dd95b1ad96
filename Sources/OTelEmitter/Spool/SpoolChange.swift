/// What waits in the spool, or in a part of it.
package struct SpoolVolume: Sendable, Equatable {
    package var batches = 0
    package var points = 0
    /// Bytes of the files, headers included.
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

/// What has happened in the spool since it was last asked.
package struct SpoolChange: Equatable {
    /// Data points of earlier incarnations that wait here from now on.
    package var adoptedPoints = 0
    /// Data points of those that are not this build's after all: it does not know the marks of
    /// their files, and leaves them there.
    package var foreignPoints = 0
    /// Data points that were given up.
    var lost: [LossReason: Int] = [:]
    /// Why the batch that `Spool.next` gave last is among them, if it is.
    var givenUpCurrent: LossReason?
    /// Files that can't be read, that are damaged, or that are not this build's; the last ones stay.
    package var skippedFiles = 0
    /// The disk has begun to make trouble: batches wait in memory meanwhile.
    package var trouble: SpoolError?
    /// The trouble, this one or an earlier one, is over after that time.
    package var recovered: Duration?
    /// There is more to do than one call does: it should be called again soon.
    package var isUnfinished = false

    mutating func lose(_ points: UInt32, _ reason: LossReason) {
        lost[reason, default: 0] += Int(points)
    }

    /// Counts what has come from earlier processes, and what the disk has given up.
    package func count(in totals: inout DeliveryTotals) {
        totals.recorded += adoptedPoints - foreignPoints
        lost.forEach { totals.lose($0.value, $0.key) }
    }
}

/// Whether the disk makes trouble, and since when: told once when it begins and once when it ends.
struct SpoolTroubles {
    private var current: [SpoolError.Operation: SpoolError] = [:]
    private var began: MonotonicTime?

    /// An operation failed.
    mutating func failed(_ error: SpoolError, at time: MonotonicTime, _ change: inout SpoolChange) {
        current[error.operation] = error
        guard began == nil else { return }
        if let outage = change.recovered {
            // It was over for a moment that nobody was told of: the same trouble goes on.
            change.recovered = nil
            began = time + (.zero - outage)
        } else {
            began = time
        }
        change.trouble = error
    }

    /// An operation worked.
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
