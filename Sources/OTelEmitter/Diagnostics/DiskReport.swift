/// Decides what is told of the spool: that the disk makes trouble, and that it works again; what was
/// given up and what could not be read, with the sum of ten minutes. In an hour `hourlyLimit` lines at
/// most, however the disk flaps.
struct DiskReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8
    private static let hour = Duration.seconds(3600)

    /// When the latest lines were told, the oldest first.
    private var told: [MonotonicTime] = []
    private var isTroubleTold = false
    private var untoldLosses = 0
    private var untoldFiles = 0
    private var lossesTold: MonotonicTime?

    /// What to tell of a change.
    mutating func changed(
        _ change: SpoolChange, at time: MonotonicTime, waitingPoints: Int
    ) -> [EmitterDiagnostic] {
        told.removeAll { $0 + Self.hour <= time }
        var lines: [EmitterDiagnostic] = []
        if let trouble = change.trouble, !isTroubleTold, told.count + 1 < Self.hourlyLimit {
            isTroubleTold = true
            lines.append(
                .spoolFailing(reason: trouble.description, waitingPoints: waitingPoints))
        }
        // The end of what was told is always told.
        if let outage = change.recovered, isTroubleTold {
            isTroubleTold = false
            lines.append(.spoolRecovered(after: outage))
        }
        untoldLosses += change.lost.values.reduce(0, +)
        untoldFiles += change.skippedFiles
        if let line = losses(at: time) { lines.append(line) }
        told += lines.map { _ in time }
        return lines
    }

    private mutating func losses(at time: MonotonicTime) -> EmitterDiagnostic? {
        guard untoldLosses + untoldFiles > 0, told.count < Self.hourlyLimit else { return nil }
        if let lossesTold, time < lossesTold + OutageReport.reminderInterval { return nil }
        lossesTold = time
        defer { (untoldLosses, untoldFiles) = (0, 0) }
        return .spoolGaveUp(points: untoldLosses, unreadableFiles: untoldFiles)
    }
}
