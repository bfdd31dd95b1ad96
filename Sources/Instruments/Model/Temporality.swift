/// Whether points reach back to the start of their series or to the previous report.
public enum Temporality: Sendable, Hashable {
    /// A point has what was measured since the previous report.
    case delta
    /// A point has all that was measured since the start of its series.
    case cumulative
}
