/// Which measurements may become exemplars.
public enum ExemplarFilter: Sendable, Hashable {
    /// All measurements.
    case alwaysOn
    /// None, which costs nothing.
    case alwaysOff
    /// Those made in the course of a sampled span.
    case traceBased
}
