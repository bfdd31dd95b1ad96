/// What a `flush` or `shutdown` achieved by its deadline.
public struct DeliveryReport: Sendable, Equatable, CustomStringConvertible {
    /// Whether everything recorded before the call was accepted by the collector.
    public let isComplete: Bool
    /// What has become of all data points since the emitter was made.
    public let totals: DeliveryTotals
    /// Whether the emitter has collected before it answered: `totals` then have everything that was
    /// recorded before the call. Not so if it could not, or did not come to it in time.
    package var isServed = true

    /// `recorded=… delivered=… pending=… lost=…`, in data points.
    public var description: String { totals.description }
}
