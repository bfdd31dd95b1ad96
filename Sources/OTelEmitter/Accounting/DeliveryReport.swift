/// What a `flush` or `shutdown` achieved by its deadline.
public struct DeliveryReport: Sendable, Equatable, CustomStringConvertible {
    /// Whether everything recorded before the call was accepted by the collector.
    public let isComplete: Bool
    /// What has become of all data points since the emitter was made.
    public let totals: DeliveryTotals
    /// Whether the emitter collected after the call, so that `totals` include everything that was
    /// recorded before it. False if the emitter could not collect, or not before the deadline.
    package var isServed = true

    /// `recorded=… delivered=… pending=… lost=…`, in data points.
    public var description: String { totals.description }
}
