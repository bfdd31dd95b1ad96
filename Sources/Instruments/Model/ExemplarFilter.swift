/// Which measurements may become exemplars.
public enum ExemplarFilter: Sendable, Hashable {
    case alwaysOn
    case alwaysOff
    /// Those made in the course of a sampled span.
    case traceBased
}
