/// When each series of a table last changed. Filled only where idle series expire.
struct Idleness {
    /// What a series held when it was last seen to change.
    private struct Activity {
        let updates: UInt64
        let bits: UInt64
        /// By the clock that never steps.
        let since: UInt64
    }

    private var activity: [ObjectIdentifier: Activity] = [:]

    /// Whether a series has held the same for `limit` nanoseconds.
    ///
    /// - Parameter time: by the clock that never steps.
    mutating func isIdle(
        _ series: Series, holding reading: CellReading, for limit: UInt64, at time: UInt64
    ) -> Bool {
        let key = ObjectIdentifier(series)
        guard let known = activity[key], isUnchanged(series, holding: reading) else {
            activity[key] = Activity(updates: reading.updates, bits: reading.bits, since: time)
            return false
        }
        return time > known.since && time - known.since >= limit
    }

    /// Whether a series holds what it held when it was last seen to change.
    func isUnchanged(_ series: Series, holding reading: CellReading) -> Bool {
        guard let known = activity[ObjectIdentifier(series)] else { return false }
        return known.updates == reading.updates && known.bits == reading.bits
    }

    mutating func forget(_ series: Series) { activity[ObjectIdentifier(series)] = nil }
}
