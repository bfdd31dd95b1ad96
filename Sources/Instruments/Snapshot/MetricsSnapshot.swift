/// Everything that a provider's instruments held at one instant: immutable, and all that encoders,
/// exporters and views ever see.
///
/// A snapshot is its value: one that is made from the parts of another gives the same results. Two
/// are equal if they hold the same data and the same copied states; doubles are compared by bit
/// pattern.
public struct MetricsSnapshot: Sendable, Equatable {
    /// What describes the process that measured.
    public let resource: Resource
    /// When it was collected: nanoseconds since 1970. The time of every data point.
    public let time: UInt64
    /// The metrics by scope, in the order of output; scopes without data are not there.
    public let scopes: [ScopeMetrics]
    /// What `MeterProvider.collectState` had copied.
    public let states: CollectedStates

    /// Makes a snapshot of metrics that were collected at `time`, in nanoseconds since 1970.
    public init(
        resource: Resource, time: UInt64, scopes: [ScopeMetrics],
        states: CollectedStates = CollectedStates()
    ) {
        self.resource = resource
        self.time = time
        self.scopes = scopes
        self.states = states
    }

    /// Number of data points in all metrics.
    public var pointCount: Int {
        scopes.reduce(0) { $0 + $1.metrics.reduce(0) { $0 + $1.data.pointCount } }
    }

    /// The metric of this name in the scope of this name, if it has data.
    public func metric(_ name: String, scope: String) -> Metric? {
        for candidate in scopes where candidate.scope.name == scope {
            if let metric = candidate.metrics.first(where: { $0.descriptor.name == name }) {
                return metric
            }
        }
        return nil
    }

    /// The value that was copied in this snapshot's collection; nil if the collection was another
    /// provider's or came before `collectState`, or was asked for by one of the states.
    public func state<Value>(_ state: CollectedState<Value>) -> Value? {
        states.value(of: state)
    }
}
