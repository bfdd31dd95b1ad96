import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// Many emitters and one collector, and differences under faults (scenarios R9, F2, F5).
@Suite struct FleetScenarioTests {
    // MARK: R9: a thousand nodes, by the types that decide when they send

    /// One node's decisions, without its connection.
    private struct Node {
        var schedule: Schedule
        var backoff = Backoff()
        var next: MonotonicTime
        var random: SeededRandom
        /// When its requests were accepted, in seconds.
        var accepted: [Int64] = []

        init(seed: UInt64, interval: Duration) {
            random = SeededRandom(seed: seed)
            let start = MonotonicTime(nanoseconds: 0)
            schedule = Schedule(
                interval: interval, from: start, phase: Double.random(in: 0...1, using: &random))
            next = schedule.next
        }

        /// One request at its time.
        mutating func send(isUp: Bool, retryAfter: String?) {
            let now = next
            if isUp {
                accepted.append(now.nanoseconds / 1_000_000_000)
                backoff.reset()
                _ = schedule.isDue(at: now)
                next = schedule.next
            } else {
                let demand = RetryAfter.wait(retryAfter, date: nil, now: 0) ?? .zero
                next = now + (demand + backoff.next(using: &random))
            }
        }
    }

    private static let nodes = 1000
    private static let interval = Duration.seconds(60)
    private static let outageEnd: Int64 = 3600

    @Test(arguments: [nil, "30", "300"], [UInt64(1), 2, 3])
    func r9_aThousandNodesDoNotComeBackAtOnce(retryAfter: String?, seed: UInt64) {
        var counts: [Int64: Int] = [:]
        let longest = Int64(retryAfter ?? "0") ?? 0
        let end = Self.outageEnd + longest + 30 + 60
        for number in 0..<UInt64(Self.nodes) {
            var node = Node(seed: seed * 1_000_000 + number, interval: Self.interval)
            while node.next.nanoseconds < end * 1_000_000_000 {
                let second = node.next.nanoseconds / 1_000_000_000
                let isUp = second < 300 || second >= Self.outageEnd
                node.send(isUp: isUp, retryAfter: retryAfter)
            }
            let first = node.accepted.first { $0 >= Self.outageEnd }
            // An interval and the longest wait after the end every node is back.
            #expect((first ?? .max) <= Self.outageEnd + longest + 30 + 60, "seed \(seed)")
            for second in node.accepted where second >= Self.outageEnd {
                counts[second, default: 0] += 1
            }
        }
        let total = counts.values.reduce(0, +)
        let mean = Double(total) / Double(end - Self.outageEnd)
        let peak = Double(counts.values.max() ?? 0)
        #expect(peak <= 3 * mean, "seed \(seed): peak \(peak), mean \(mean)")
    }

    // MARK: F2

    /// Thirty emitters and a collector whose memory is full after five requests in a second.
    @Test(arguments: [UInt64(1), 2])
    func f2_emittersBehindAMemoryLimiterAllConverge(seed: UInt64) throws {
        let room = Monitor(5)
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                let isAccepted = room.withLock { room in
                    room -= 1
                    return room >= 0
                }
                if isAccepted { return HTTPAnswer(200) }
                return request.connection % 2 == 0
                    ? HTTPAnswer(429, headers: [("Retry-After", "3")]) : HTTPAnswer(503)
            })
        let time = SteppedTime()
        let pipelines = try (UInt64(0)..<30).map { number in
            try Pipeline.make(to: collector) {
                $0.clock = time.clock
                $0.timeout = .seconds(1_000_000)
                $0.exportTimeout = .zero
                $0.random = SeededRandom(seed: seed * 100 + number)
            }
        }
        pipelines.forEach { $0.count(series: 3) }
        for pipeline in pipelines { _ = pipeline.emitter.flush(timeout: .zero) }
        let emitters = pipelines.map(\.emitter)
        #expect(eventually { emitters.allSatisfy { $0.totals.recorded == 3 } })
        func areDone() -> Bool { emitters.allSatisfy { $0.totals.pending == 0 } }
        var seconds = 0
        while seconds < 600, !eventually(within: .milliseconds(10), areDone) {
            seconds += 1
            room.withLock { $0 = 5 }
            time.pass(.seconds(1), for: emitters[0])
            emitters.forEach { $0.clockWasStepped() }
        }
        #expect(areDone(), "seed \(seed)")
        for pipeline in pipelines {
            let totals = pipeline.emitter.totals
            #expect(totals.isBalanced && totals.delivered == 3 && totals.lost == 0)
            #expect(pipeline.told.kinds.count <= 2)
        }
        // What was refused was not asked for again and again.
        #expect(collector.requests.count <= 30 * 12, "seed \(seed)")
        #expect(Set(try collector.acceptedPoints()).count >= 90)
    }

    // MARK: F5

    /// Differences through answers of all kinds: what arrives and what is declared lost is what was
    /// recorded.
    @Test(arguments: UInt64(1)...3)
    func f5_differencesThatArriveAreThoseRecordedWithoutThoseLost(seed: UInt64) throws {
        let random = Monitor(SeededRandom(seed: seed))
        let collector = try ScriptedCollector(
            otherwise: .judging { _ in
                let status = random.withLock {
                    $0.pick([200, 200, 200, 503, 503, 429, 400, 404, 500, 502, 504])
                }
                return HTTPAnswer(status)
            })
        let scenario = try Scenario.make(to: collector) {
            $0.temporality = .delta
            $0.timeout = .seconds(1_000_000)
            $0.exportTimeout = .zero
            $0.exportInterval = .seconds(1_000_000)
            $0.random = SeededRandom(seed: seed)
        }
        let counter = scenario.emitter.meter("m").counter("c", of: Int.self)
        var added = 0
        for round in 0..<40 {
            for series in 0..<3 {
                let amount = (round * 7 + series * 3) % 11
                added += amount
                counter.add(amount, ["series": .int(Int64(series))])
            }
            _ = scenario.flush(within: .milliseconds(5))
            scenario.pass(.seconds(31))
        }
        #expect(scenario.passBackoffUntilDelivered(), "seed \(seed)")
        let requests = collector.requests
        func sum(_ statuses: Set<Int>) throws -> (points: Int, value: Int) {
            let points = try requests.filter { statuses.contains($0.answer ?? 0) }
                .flatMap { try $0.points() }
            let values = points.compactMap { Int($0.value.dropFirst("int ".count)) }
            return (points.count, values.reduce(0, +))
        }
        let (arrived, lost) = (try sum([200]), try sum([400, 404, 500]))
        let totals = scenario.emitter.totals
        #expect(arrived.value + lost.value == added, "seed \(seed)")
        #expect(totals.delivered == arrived.points && totals.lost == lost.points, "seed \(seed)")
        try scenario.expectHolds(lost: totals.lostByReason)
        #expect(Set(totals.lostByReason.keys).isSubset(of: [.rejected]), "seed \(seed)")
    }
}
