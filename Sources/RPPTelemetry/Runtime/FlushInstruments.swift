internal import Instruments

/// The instruments of one kind of flush: duration, size and number.
struct FlushInstruments: Sendable {
    let duration: ClosedHistogram<Double, FlushOutcome>
    let bytes: ClosedHistogram<Int, FlushOutcome>
    let total: ClosedCounter<Int, FlushOutcome>

    init(_ meter: Meter, _ flush: Catalogue.Flush) {
        duration = meter.make(flush.duration)
        bytes = meter.make(flush.bytes)
        total = meter.make(flush.total)
        total.declareZero()
    }

    func record(_ outcome: FlushOutcome, _ elapsed: Duration, _ size: Int) {
        duration.record(elapsed.milliseconds, outcome)
        bytes.record(max(size, 0), outcome)
        total.add(1, outcome)
    }
}

extension RuntimeMetrics: StorageMetrics {
    public func recordHeaderFlush(outcome: FlushOutcome, duration: Duration, bytes: Int) {
        headerFlush.record(outcome, duration, bytes)
    }

    public func recordWALFlush(outcome: FlushOutcome, duration: Duration, bytes: Int) {
        walFlush.record(outcome, duration, bytes)
    }

    public func recordHeaderFlushDuration(_ duration: Duration, outcome: FlushOutcome) {
        headerFlush.duration.record(duration.milliseconds, outcome)
    }

    public func recordHeaderFlushBytes(_ bytes: Int, outcome: FlushOutcome) {
        headerFlush.bytes.record(max(bytes, 0), outcome)
    }

    public func countHeaderFlush(outcome: FlushOutcome) {
        headerFlush.total.add(1, outcome)
    }

    public func recordWALFlushDuration(_ duration: Duration, outcome: FlushOutcome) {
        walFlush.duration.record(duration.milliseconds, outcome)
    }

    public func recordWALFlushBytes(_ bytes: Int, outcome: FlushOutcome) {
        walFlush.bytes.record(max(bytes, 0), outcome)
    }

    public func countWALFlush(outcome: FlushOutcome) {
        walFlush.total.add(1, outcome)
    }
}
