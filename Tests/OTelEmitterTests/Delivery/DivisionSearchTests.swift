import TestSupport
import Testing

@testable import OTelEmitter

/// Searches for refused metrics within a batch, and what intervals learn of them.
@Suite struct DivisionSearchTests {
    private func make(_ names: [String]) throws -> Division {
        try #require(
            Division(GaugeRequest.body(names.map { ($0, 1) }), .json, points: names.count))
    }

    private func names(_ count: Int) -> [String] { (0..<count).map { "m\($0)" } }

    /// One interval of a receiver that refuses what holds one of `bad`: requests until everything
    /// is decided or the search has had its share.
    private func passInterval(
        _ count: Int, bad: Set<Int>, known: inout Set<String>, turns: UInt64
    ) throws -> (delivered: [Int], requests: Int) {
        var division = try make(names(count))
        var delivered: [Int] = []
        var decisions: [Division.Decision] = []
        var requests = 0
        while let body = division.body, !division.isExhausted {
            requests += 1
            let values = GaugeRequest.values(in: body)
            if bad.isDisjoint(with: values) {
                delivered += values
                decisions += division.delivered()
            } else {
                decisions += division.refused(leavingOut: known, turns: turns)
            }
        }
        if !division.isOver { decisions += division.giveUpSearch() }
        #expect(division.isOver)
        #expect(decisions.reduce(0) { $0 + $1.points } == count)
        for case .rejected(let metric) in decisions.map(\.fate) { known.insert(metric) }
        return (delivered.sorted(), requests)
    }

    @Test(arguments: [
        // One in each half; scattered; side by side; the first ones of all halves.
        [0, 65], [3, 20, 31, 32, 47, 64], [40, 41, 42, 43], [0, 1, 2, 4, 8, 16, 33],
        Array(stride(from: 0, to: 66, by: 2)),
    ])
    func inTheEndOnlyTheBadOnesAreMissing(bad: [Int]) throws {
        var random = SeededRandom(seed: 21)
        var known: Set<String> = []
        var delivered: [Int] = []
        for _ in 0..<60 {
            let interval = try passInterval(
                66, bad: Set(bad), known: &known, turns: random.next())
            delivered = interval.delivered
            // The whole, the rest without what is known, and the search.
            #expect(interval.requests <= 2 + RefusalSearch.budget(metrics: 66))
        }
        #expect(known == Set(bad.map { "m\($0)" }))
        #expect(delivered == (0..<66).filter { !bad.contains($0) })
    }

    /// However many bad ones lie between.
    @Test func whatIsLeftWithoutKnownMetricsIsOneRequest() throws {
        let bad = Array(stride(from: 1, to: 220, by: 4))
        var division = try make(names(220))
        let decisions = division.refused(leavingOut: Set(bad.map { "m\($0)" }))
        #expect(decisions.map(\.fate) == bad.map { .rejected(metric: "m\($0)") })
        let rest = (0..<220).filter { !bad.contains($0) }
        #expect(division.body.map(GaugeRequest.values) == rest)
        #expect(division.delivered() == [.init(points: rest.count, fate: .delivered)])
        #expect(division.isOver)
    }

    @Test func whereAllMetricsAreKnownNothingIsLeft() throws {
        var division = try make(names(3))
        #expect(division.refused(leavingOut: ["m0", "m1", "m2"]).count == 3)
        #expect(division.isOver && division.undecidedPoints == 0)
    }

    @Test func partsShareTheRequestsOfAnInterval() throws {
        var division = try make(names(64))
        for _ in 0..<3 { #expect(division.tooLarge(bytes: 1 << 20) == []) }
        var requests = 0
        while let body = division.body, !division.isExhausted {
            requests += 1
            let isBad = GaugeRequest.values(in: body).contains { $0 % 8 == 5 }
            _ = isBad ? division.refused() : division.delivered()
        }
        #expect(division.isExhausted)
        // Each part besides, as a whole.
        #expect(requests <= RefusalSearch.budget(metrics: 64) + 4)
    }

    @Test func anotherReceiverGetsWhatIsUndecided() throws {
        var division = try make(names(8))
        _ = division.refused()
        // The left half is accepted, of the right one both halves are refused.
        _ = division.delivered()
        _ = division.refused()
        _ = division.refused()
        #expect(division.refused() == [])
        #expect(division.delivered() == [.init(points: 1, fate: .delivered)])
        #expect(division.undecidedPoints == 3)
        #expect(division.leaveSearch() == ["m4"])
        #expect(division.body.map(GaugeRequest.values) == [4, 6, 7])
        #expect(division.delivered() == [.init(points: 3, fate: .delivered)])
        #expect(division.isOver)
    }

    @Test func withoutASearchThereIsNoneToLeave() throws {
        var division = try make(names(4))
        #expect(division.leaveSearch() == [])
        #expect(division.undecidedPoints == 4)
    }

    @Test func whatWasNotSearchedInTimeIsLostAndTheNextPartIsSearched() throws {
        var division = try make(names(32))
        for _ in 0..<2 { #expect(division.tooLarge(bytes: 1 << 20) == []) }
        while !division.isExhausted { _ = division.refused() }
        #expect(division.giveUpSearch() == [.init(points: 8, fate: .unsearched)])
        #expect(division.undecidedPoints == 16)
        _ = division.refused()
        #expect(!division.isExhausted)
    }
}
