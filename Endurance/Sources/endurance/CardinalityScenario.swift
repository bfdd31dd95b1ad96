import Instruments
import Synchronization

/// Ten million attribute sets meet one instrument, and sets that are made to be mistaken for
/// others.
enum CardinalityScenario {
    static let scenario = Scenario(
        name: "cardinality",
        claim: "ten million sets cost the memory of the limit, and nothing is lost", run: run)

    /// Sets at full scale, all different.
    private static let sets = 10_000_000
    /// Sets at full scale that look like others.
    private static let similarSets = 1_000_000
    private static let threads = 8
    /// Attribute sets per instrument that get a series of their own.
    private static let limit = 2000
    /// What memory may grow by, two instruments and their snapshot included: 8 MiB.
    private static let budget = 8 << 20
    private static let methods = ["GET", "POST", "PUT"]

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        let reports = Mutex<[InstrumentsDiagnostic]>([])
        let provider = MeterProvider(
            cardinalityLimit: limit, report: { report in reports.withLock { $0.append(report) } })
        let meter = provider.meter("endurance")
        let (bomb, similar) = (meter.counter("bomb"), meter.counter("similar"))
        let before = Process.residentBytes
        let share = conditions.count(sets) / threads + 1
        var start = Process.seconds
        Threads.run(threads) { thread in
            for step in 0..<share {
                // An odd factor makes different numbers of different ones.
                let peer = (thread * share + step) &* 0x1E37_79B9_7F4A_7C15
                bomb.add(1) {
                    $0.set("method", methods[step % 3])
                    $0.set("peer", peer &+ Int(truncatingIfNeeded: conditions.seed))
                }
            }
        }
        let each = (Process.seconds - start) * 1e9 / Double(share * threads)
        start = Process.seconds
        let similarShare = conditions.count(similarSets) / threads + 1
        Threads.run(threads) { thread in
            for step in 0..<similarShare {
                similar.add(1, SimilarSets.make(thread * similarShare + step))
            }
        }
        let eachSimilar = (Process.seconds - start) * 1e9 / Double(similarShare * threads)
        let snapshot = provider.collect()
        let after = Process.residentBytes
        findings.note("sets", share * threads)
        findings.note("ns for one", Text.rounded(each))
        findings.note("similar sets", similarShare * threads)
        findings.note("ns for one", Text.rounded(eachSimilar))
        findings.claimFlat(from: before, to: after, budget: budget)
        check("bomb", snapshot, share * threads, &findings)
        check("similar", snapshot, similarShare * threads, &findings)
        let seen = reports.withLock { $0 }
        findings.claim(
            seen.contains(.cardinalityLimitReached("bomb", limit: limit, key: "peer")),
            "nobody is told that the key peer fills the table: \(seen)")
        findings.claimEqual("the number of reports", seen.count, 2)
    }

    /// All that was added is there: `limit` sets of their own, the rest in one more point.
    private static func check(
        _ name: String, _ snapshot: MetricsSnapshot, _ count: Int, _ findings: inout Findings
    ) {
        let points = snapshot.numbers(name)
        findings.claimEqual("the total of \(name)", points.total, count)
        findings.claimEqual("the number of points of \(name)", points.count, limit + 1)
        let overflow = points.first { $0.attributes["otel.metric.overflow"] == true }
        findings.claim(overflow != nil, "\(name) has no overflow point")
        findings.note("overflow of \(name)", overflow?.value.integer ?? 0)
    }
}

/// Sets that a poor hash or a careless comparison would take for each other; each number gives
/// another set.
enum SimilarSets {
    private static let prefix = String(repeating: "/segment", count: 100)

    static func make(_ number: Int) -> AttributeSet {
        let value = number / 8
        return switch number % 8 {
        // Only the highest bits differ.
        case 0: ["n": .int(Int64(truncatingIfNeeded: value << 42 | value >> 22))]
        case 1: ["n": .double(Double(bitPattern: UInt64(truncatingIfNeeded: value << 42)))]
        // Only the last bytes of a long text differ, or only the first.
        case 2: ["path": .string("\(prefix)\(value)")]
        case 3: ["path": .string("\(value)\(prefix)")]
        // The same texts under other keys, and the same bytes cut elsewhere.
        case 4: ["a": .string("\(value)"), "b": "x"]
        case 5: ["a": "x", "b": .string("\(value)")]
        // The same digits as another kind of value.
        case 6: ["n": .array([.int(Int64(value))])]
        default: ["n": .string("\(value)")]
        }
    }
}
