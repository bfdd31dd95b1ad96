import CProbe
import Instruments
import Synchronization

/// Recording asks for no memory, on any path, once it has met the series.
enum AllocationsScenario {
    static let scenario = Scenario(
        name: "allocations",
        claim: "add and record on known series allocate nothing, on every path", run: run)

    /// Calls of each way of recording at full scale.
    private static let calls = 100_000
    /// Calls before the count begins: they touch the series for the first time.
    private static let warmUp = 1000

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        guard probe_counts_allocations() else {
            findings.note("not counted", "a sanitizer has taken malloc")
            return
        }
        checkCounter(&findings)
        let meter = MeterProvider().meter("endurance")
        let exponential = MeterProvider(histogramAggregation: .exponentialBuckets())
            .meter("endurance")
        let paths =
            SumPaths.all(meter) + LevelPaths.all(meter) + HistogramPaths.all(meter, "explicit")
            + HistogramPaths.all(exponential, "exponential") + NodePaths.all()
        let calls = conditions.count(calls)
        var total: UInt64 = 0
        for path in paths {
            // On a thread of its own, which has met nothing before.
            let counted = Atomic<UInt64>(0)
            Threads.run(1) { _ in
                path.record(warmUp)
                counted.store(allocations { path.record(calls) }, ordering: .relaxed)
            }
            let count = counted.load(ordering: .relaxed)
            total += count
            // Without optimisation the compiler puts on the heap what it else keeps in registers:
            // there the figures are told and not judged.
            if probe_is_optimized() {
                findings.claim(count == 0, "\(path.name) allocates \(count) times in \(calls)")
            } else if count > 0 {
                findings.note(path.name, count)
            }
        }
        findings.note("paths", paths.count)
        findings.note("calls of each", calls)
        findings.note("allocations", total)
        findings.note("build", probe_is_optimized() ? "release" : "debug")
        checkChangesOfScale(exponential, &findings)
    }

    /// An exponential histogram that has to change its scale does so within its cell.
    private static func checkChangesOfScale(_ meter: Meter, _ findings: inout Findings) {
        let histogram = meter.histogram("scales").bind(.empty)
        histogram.record(1)
        let count = allocations {
            for exponent in 1...300 {
                histogram.record(Double(sign: .plus, exponent: exponent, significand: 1.1))
                histogram.record(Double(sign: .plus, exponent: -exponent, significand: 1.3))
            }
        }
        findings.note("allocations of 600 records that change the scale", count)
        if probe_is_optimized() {
            findings.claim(count == 0, "records that change the scale allocate \(count) times")
        }
    }

    /// A count of nothing shows nothing unless it would have counted something.
    private static func checkCounter(_ findings: inout Findings) {
        let inC = allocations { probe_allocate_once() }
        findings.claim(inC == 1, "one call of malloc is counted \(inC) times")
        let inSwift = allocations { Witness.make() }
        findings.claim(inSwift == 1, "one object of a class is counted \(inSwift) times")
        let array = allocations { Witness.grow() }
        findings.claim(array > 0, "a growing array is counted \(array) times")
        findings.note("counted of one malloc", inC)
        findings.note("of one object", inSwift)
        findings.note("of a growing array", array)
    }

    private static func allocations(_ work: () -> Void) -> UInt64 {
        let before = probe_allocations()
        work()
        return probe_allocations() - before
    }
}

/// Objects and arrays that no compiler can keep off the heap.
private enum Witness {
    private final class Object: Sendable {
        let number: Int

        init(_ number: Int) { self.number = number }
    }

    nonisolated(unsafe) private static var object: Object?
    nonisolated(unsafe) private static var array: [Int] = []

    @inline(never) static func make() { object = Object(Int(probe_allocations())) }

    @inline(never) static func grow() {
        for number in 0..<1000 { array.append(number) }
    }
}

/// One way of recording, which does it as often as it is told.
struct RecordingPath: Sendable {
    let name: String
    let record: @Sendable (Int) -> Void

    init(_ name: String, _ record: @escaping @Sendable (Int) -> Void) {
        self.name = name
        self.record = record
    }

    /// Longer than what a string holds within itself.
    static let text = "a text of more than 15 bytes"
    static let attributes: AttributeSet = ["side": "left", "reason": .string(text)]
}

/// A closed set of two.
enum Side: Int, AttributeEnum {
    case left
    case right

    static let attributeKey = "side"
    var attributeValue: String { self == .left ? "left" : "right" }
}
