/// Whether points reach back to the start of their series or to the previous report.
public enum Temporality: Sendable, Hashable {
    case delta
    case cumulative
}
