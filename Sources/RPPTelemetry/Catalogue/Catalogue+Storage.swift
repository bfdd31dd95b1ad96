public import Instruments

/// Flushes.
extension Catalogue {
    static let storage = headerFlush.definitions + walFlush.definitions

    package static let headerFlush = Flush(
        "rpp.runtime.storage.header_flush", what: "the header")
    package static let walFlush = Flush(
        "rpp.runtime.storage.wal_flush", what: "the write-ahead log")

    /// The three instruments of one kind of flush.
    package struct Flush: Sendable {
        package let duration: InstrumentDefinition.Typed<ClosedHistogram<Double, FlushOutcome>>
        package let bytes: InstrumentDefinition.Typed<ClosedHistogram<Int, FlushOutcome>>
        package let total: InstrumentDefinition.Typed<ClosedCounter<Int, FlushOutcome>>

        init(_ family: String, what: String) {
            duration = InstrumentDefinition.durations(
                family + ".duration", "Time that an attempt to flush \(what) took.",
                boundaries: Boundaries.requestMilliseconds, over: FlushOutcome.self)
            bytes = InstrumentDefinition.sizes(
                family + ".bytes", "Size of an attempt to flush \(what).",
                over: FlushOutcome.self)
            total = InstrumentDefinition.events(
                family + ".total", "Attempts to flush \(what).", over: FlushOutcome.self)
        }

        var definitions: [InstrumentDefinition] {
            [duration.definition, bytes.definition, total.definition]
        }
    }
}

/// How an attempt to flush storage ended.
public enum FlushOutcome: Int, AttributeEnum {
    /// At the first attempt.
    case success
    /// At a later attempt.
    case retried
    /// Not at all.
    case failed

    public static let attributeKey = "outcome"

    public var attributeValue: String {
        switch self {
        case .success: "success"
        case .retried: "retried"
        case .failed: "failed"
        }
    }
}
