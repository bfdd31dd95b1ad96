import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct DivisionTests {
    /// A request with metrics `m0`, `m1`, … that have so many data points each.
    private func body(_ points: [Int]) -> [UInt8] {
        var number = 0
        let metrics = points.enumerated().map { index, count in
            let list = (0..<count).map { _ in
                defer { number += 1 }
                return "{\"timeUnixNano\":\"1\",\"asInt\":\"\(number)\"}"
            }.joined(separator: ",")
            return "{\"name\":\"m\(index)\",\"gauge\":{\"dataPoints\":[\(list)]}}"
        }.joined(separator: ",")
        return Array(
            ("{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[{\"scope\":{\"name\":\"s\"},"
                + "\"metrics\":[\(metrics)]}]}]}").utf8)
    }

    private func points(in request: [UInt8]) -> [Int] {
        String(decoding: request, as: UTF8.self).split(separator: "\"asInt\":\"").dropFirst()
            .compactMap { Int($0.prefix { $0.isNumber }) }
    }

    /// Sends parts until everything is decided; `judge` says what the receiver does.
    private func run(
        _ division: inout Division, first: (inout Division) -> [Division.Decision],
        _ judge: ([Int]) -> Int
    ) -> (delivered: [Int], decisions: [Division.Decision]) {
        var delivered: [Int] = []
        var decisions = first(&division)
        for _ in 0..<10_000 where !division.isOver {
            let part = division.body.map(points(in:)) ?? []
            if division.isExhausted { division.refillBudget() }
            switch judge(part) {
            case 413: decisions += division.tooLarge()
            case 400: decisions += division.refused()
            default:
                delivered += part
                decisions += division.delivered()
            }
        }
        return (delivered, decisions)
    }

    @Test func halvesAreSentInOrderUntilTheyFit() throws {
        var division = try #require(Division(body([4, 9, 1])))
        let (delivered, decisions) = run(&division, first: { $0.tooLarge() }) { part in
            part.count > 3 ? 413 : 200
        }
        #expect(delivered == Array(0..<14))
        #expect(decisions.allSatisfy { $0.fate == .delivered })
        #expect(decisions.reduce(0) { $0 + $1.points } == 14)
    }

    @Test func aSinglePointThatIsTooLargeIsNamed() throws {
        var division = try #require(Division(body([1, 2])))
        let (delivered, decisions) = run(&division, first: { $0.tooLarge() }) { part in
            part.contains(1) ? 413 : 200
        }
        #expect(delivered == [0, 2])
        #expect(decisions.contains(.init(points: 1, fate: .tooLarge(metric: "m1"))))
    }

    @Test func aRefusedMetricIsFoundInsideAHalf() throws {
        var division = try #require(Division(body([2, 2, 2, 2])))
        let (delivered, decisions) = run(&division, first: { $0.tooLarge() }) { part in
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
            var division = try #require(Division(body(sizes)))
            var decided = 0
            let (delivered, decisions) = run(
                &division, first: { startsWithSize ? $0.tooLarge() : $0.refused() }
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
        var division = try #require(Division(body([1, 1, 1, 1])))
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
        #expect(Division([]) == nil)
        #expect(Division(Array("{}".utf8)) == nil)
        #expect(Division(Array("{\"resourceMetrics\":[]}".utf8)) == nil)
    }
}
