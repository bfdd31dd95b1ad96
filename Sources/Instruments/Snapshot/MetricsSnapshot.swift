/// Everything that a provider's instruments held at one instant: immutable, and all that encoders,
/// exporters and views ever see.
///
/// Two snapshots are equal if they hold the same data, doubles compared by bit pattern; states that
/// were copied along do not count.
public struct MetricsSnapshot: Sendable, Equatable {
    public let resource: Resource
    /// When it was collected: nanoseconds since 1970. The time of every data point.
    public let time: UInt64
    public let scopes: [ScopeMetrics]
    let states: [Int: any Sendable]
    /// Series that callbacks observed earlier and could not observe for this snapshot, because they
    /// were late: the next difference begins with them. Not part of the data.
    var held: [NumberPoint] = []

    public init(resource: Resource, time: UInt64, scopes: [ScopeMetrics]) {
        self.init(resource: resource, time: time, scopes: scopes, states: [:])
    }

    init(
        resource: Resource, time: UInt64, scopes: [ScopeMetrics],
        states: [Int: any Sendable]
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

    public static func == (left: MetricsSnapshot, right: MetricsSnapshot) -> Bool {
        left.time == right.time && left.resource == right.resource && left.scopes == right.scopes
    }
}
