import CLimits
import Instruments

/// What a measurement costs, beside what the machine allows, in one run.
@main
struct Recording {
    static func main() {
        Threads.keepOneIdle()
        let isQuick = CommandLine.arguments.contains("--quick")
        let count = isQuick ? 2_000_000 : 20_000_000
        print("ns per operation: wall time / operations of all threads; median of 5 runs\n")
        let atomic = measure("limit: shared atomic add", count) { limit_atomic_add(Int64($0)) }
        _ = measure("limit: mutex", count / 4) { limit_mutex_add(Int64($0)) }
        _ = measure("limit: a thread's own slot", count) { limit_thread_slot_add(Int64($0)) }
        _ = measure("limit: a thread's own histogram", count) { limit_thread_histogram(Int64($0)) }
        _ = measure("limit: flat table in C, 3 strings", count / 8) { limit_flat_table(Int64($0)) }
        let subjects = Subjects()
        let bound = measure("bound counter", count, subjects.boundCounter)
        let closed = measure("closed-set counter", count, subjects.closedCounter)
        _ = measure("counter without attributes", count, subjects.unnamedCounter)
        let histogram = measure("bound explicit histogram", count, subjects.histogram)
        let exponential = measure(
            "bound exponential histogram", count / 2, subjects.exponential)
        let prepared = measure("prepared attribute set", count / 8, subjects.preparedSet)
        let free = measure("three free attributes", count / 8, subjects.freeAttributes)
        let pairs = measure("three string pairs", count / 8, subjects.stringPairs)
        print("\naims, as ratios or differences within this run")
        aim("bound counter / atomic add", bound.one / atomic.one, 0.45)
        aim("bound counter, 2 threads / 1 thread", bound.two / bound.one, 1)
        aim("closed set - bound, ns", closed.one - bound.one, 1)
        aim("bound histogram / atomic add", histogram.one / atomic.one, 1.5)
        aim("bound histogram, 2 threads / atomic add", histogram.two / atomic.one, 1.5)
        aim("bound exponential histogram / atomic add", exponential.one / atomic.one, 2.5)
        aim("prepared set, ns", prepared.one, 120)
        aim("three free attributes, ns", free.one, 120)
        aim("three string pairs, ns", pairs.one, 75)
    }

    private static func measure(
        _ name: String, _ count: Int, _ work: @escaping @Sendable (Int) -> Void
    ) -> (one: Double, two: Double) {
        work(min(count, 100_000))
        let one = Stopwatch.nanoseconds(threads: 1, count: count, work)
        let two = Stopwatch.nanoseconds(threads: 2, count: count, work)
        print("\(pad(name, 36)) 1 thread \(round(one))   2 threads \(round(two))")
        return (one, two)
    }

    private static func aim(_ name: String, _ value: Double, _ limit: Double) {
        let state = value <= limit ? "met" : "MISSED"
        print("\(pad(name, 42)) \(round(value))  at most \(round(limit))  \(state)")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    /// Two decimals, right-aligned, without Foundation.
    private static func round(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let fraction = String(hundredths % 100 + 100).dropFirst()
        let text = (value < 0 ? "-" : "") + "\(hundredths / 100).\(fraction)"
        return pad("", 8 - text.count) + text
    }
}
