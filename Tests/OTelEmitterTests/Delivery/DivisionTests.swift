import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct DivisionTests {
    /// A division of a request with metrics `m0`, `m1`, … that have so many data points each.
    private func make(_ points: [Int]) throws -> Division {
        let metrics = points.enumerated().map { (name: "m\($0.offset)", points: $0.element) }
        return try #require(
            Division(GaugeRequest.body(metrics), .json, points: points.reduce(0, +)))
    }

    /// Sends parts until everything is decided; `judge` says what the receiver does.
    private func run(
        _ division: inout Division, first: (inout Division) -> [Division.Decision],
        _ judge: ([Int]) -> Int
    ) -> (delivered: [Int], decisions: [Division.Decision]) {
        var delivered: [Int] = []
        var decisions = first(&division)
        for _ in 0..<10_000 where !division.isOver {
            let part = division.body.map(GaugeRequest.values) ?? []
            if division.isExhausted { division.refillBudget() }
            switch judge(part) {
            case 413: decisions += division.tooLarge(bytes: 1 << 20)
            case 400: decisions += division.refused()
            default:
                delivered += part
                decisions += division.delivered()
            }
        }
        return (delivered, decisions)
    }

    @Test func halvesAreSentInOrderUntilTheyFit() throws {
        var division = try make([4, 9, 1])
        let (delivered, decisions) = run(&division, first: { $0.tooLarge(bytes: 1 << 20) }) {
            part in
            part.count > 3 ? 413 : 200
        }
        #expect(delivered == Array(0..<14))
        #expect(decisions.allSatisfy { $0.fate == .delivered })
        #expect(decisions.reduce(0) { $0 + $1.points } == 14)
    }

    @Test func aSinglePointThatIsTooLargeIsNamed() throws {
        var division = try make([1, 2])
        let (delivered, decisions) = run(&division, first: { $0.tooLarge(bytes: 1 << 20) }) {
            part in
            part.contains(1) ? 413 : 200
        }
        #expect(delivered == [0, 2])
        #expect(decisions.contains(.init(points: 1, fate: .tooLarge(metric: "m1"))))
    }

    @Test func aRefusedMetricIsFoundInsideAHalf() throws {
        var division = try make([2, 2, 2, 2])
        let (delivered, decisions) = run(&division, first: { $0.tooLarge(bytes: 1 << 20) }) {
            part in
            part.count > 4 ? 413 : part.contains(5) ? 400 : 200
        }
        #expect(delivered == [0, 1, 2, 3, 6, 7])
        #expect(decisions.contains(.init(points: 2, fate: .rejected(metric: "m2"))))
    }

    @Test func everyPointIsDecidedExactlyOnce() throws {
        var random = SeededRandom(seed: 5)
        for round in 0..<300 {
            let sizes = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                Int.random(in: 1...6, using: &random)
            }
            let total = sizes.reduce(0, +)
            let bad = Set((0..<total).filter { _ in random.oneIn(8) })
            let limit = Int.random(in: 1...total, using: &random)
            let startsWithSize = random.oneIn(2)
            var division = try make(sizes)
            var decided = 0
            let (delivered, decisions) = run(
                &division, first: { startsWithSize ? $0.tooLarge(bytes: 1 << 20) : $0.refused() }
            ) { part in
                part.count > limit ? 413 : bad.isDisjoint(with: part) ? 200 : 400
            }
            decided = decisions.reduce(0) { $0 + $1.points }
            #expect(decided == total, "round \(round)")
            #expect(Set(delivered).count == delivered.count, "round \(round)")
            #expect(bad.isDisjoint(with: delivered))
            #expect(division.undecidedPoints == 0)
        }
    }

    @Test func undecidedPointsShrinkAsPartsAreDecided() throws {
        var division = try make([1, 1, 1, 1])
        #expect(division.undecidedPoints == 4)
        _ = division.refused()
        #expect(division.undecidedPoints == 4)
        _ = division.delivered()
        #expect(division.undecidedPoints == 2)
        _ = division.delivered()
        #expect(division.undecidedPoints == 0)
        #expect(division.isOver)
    }

    @Test func whatIsNoRequestCanNotBeDivided() {
        #expect(Division([], .json, points: 0) == nil)
        #expect(Division(Array("{}".utf8), .json, points: 0) == nil)
        #expect(Division(Array("{\"resourceMetrics\":[]}".utf8), .json, points: 0) == nil)
    }

    @Test func whatHoldsAnotherNumberOfPointsCanNotBeDivided() {
        let body = GaugeRequest.body([("m", 4)])
        #expect(Division(body, .json, points: 4)?.undecidedPoints == 4)
        #expect(Division(body, .json, points: 3) == nil)
        #expect(Division(body, .json, points: 7) == nil)
    }

    // MARK: Too large

    /// Counts the requests that are refused until everything is decided.
    private func refuseAsTooLarge(
        _ division: inout Division, bytes: (Int) -> Int = { $0 }
    ) -> (requests: Int, decisions: [Division.Decision]) {
        var requests = 0
        var decisions: [Division.Decision] = []
        while let body = division.body {
            requests += 1
            decisions += division.tooLarge(bytes: bytes(body.count))
        }
        return (requests, decisions)
    }

    @Test func aReceiverThatTakesNotEvenLittleIsToBlame() throws {
        var division = try make(Array(repeating: 10, count: 100))
        let (requests, decisions) = refuseAsTooLarge(&division)
        #expect(requests <= 10)
        #expect(decisions == [.init(points: 1000, fate: .tooLargeAll)])
    }

    @Test func littleIsDividedOnceSomethingWasAccepted() throws {
        var division = try make([8])
        #expect(division.tooLarge(bytes: 1 << 20) == [])
        #expect(division.delivered() == [.init(points: 4, fate: .delivered)])
        let (requests, decisions) = refuseAsTooLarge(&division)
        #expect(requests == 7)
        #expect(
            decisions == Array(repeating: .init(points: 1, fate: .tooLarge(metric: "m0")), count: 4)
        )
    }

    @Test func aReceiverThatRefusesLargeRequestsForeverIsToBlame() throws {
        var division = try make(Array(repeating: 1, count: 1000))
        let (requests, decisions) = refuseAsTooLarge(&division) { _ in 1 << 20 }
        #expect(requests == Division.oversizeLimit + 1)
        #expect(decisions.reduce(0) { $0 + $1.points } == 1000)
        #expect(decisions.last?.fate == .tooLargeAll)
    }
}
