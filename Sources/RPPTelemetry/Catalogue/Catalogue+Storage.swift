public import Instruments

/// The instruments of flushes.
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
                family + ".duration", "Time taken by an attempt to flush \(what).",
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
    /// The first attempt succeeded.
    case success
    /// A later attempt succeeded.
    case retried
    /// The attempt failed.
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
