import TestSupport
import Testing

@testable import RPPTelemetry

@Suite struct PeerScoresTests {
    private let scores = PeerScores()

    @Test func theLowestComeFirstWhereThereAreMoreThanTheCap() {
        for number in 0..<300 { scores.set(Double(number % 7) - 3, of: "p\(number)") }
        let lowest = scores.lowest(50)
        #expect(lowest.count == 50)
        // 43 peers have the lowest score; ties go by name.
        #expect(lowest.prefix(43).allSatisfy { $0.score == -3 })
        #expect(lowest.dropFirst(43).allSatisfy { $0.score == -2 })
        #expect(lowest.prefix(43).map(\.peer) == lowest.prefix(43).map(\.peer).sorted())
        #expect(scores.lowest(1000).count == 300)
        #expect(scores.lowest(0).isEmpty && scores.lowest(-1).isEmpty)
    }

    @Test func aPeerThatIsGoneHasNoScore() {
        scores.set(1, of: "a")
        scores.set(2, of: "b")
        scores.set(3, of: "a")
        scores.remove("b")
        scores.remove("c")
        #expect(scores.lowest(9).map(\.peer) == ["a"])
        #expect(scores.lowest(9).map(\.score) == [3])
    }

    @Test(arguments: ["", "a b", "a-b", "ü", "a\n", "0x1f_", String(repeating: "x", count: 129)])
    func whatCanNotBeAPeerIsIgnored(peer: String) {
        scores.set(1, of: peer)
        #expect(scores.lowest(9).isEmpty)
    }

    @Test func scoresThatAreNoNumbersChangeNothing() {
        scores.set(-31, of: "a")
        scores.set(.nan, of: "a")
        scores.set(-.infinity, of: "a")
        #expect(scores.lowest(9).map(\.score) == [-31])
    }

    /// Somebody makes up peers, and never takes one back.
    @Test func whatIsKeptIsBoundedAndTheLowestStay() {
        for number in 0..<(PeerScores.keptPeers + 40) {
            scores.set(number.isMultiple(of: 1000) ? -5 : 1, of: "p\(number)")
        }
        scores.set(-40, of: "late")
        scores.set(2, of: "good")
        let all = scores.lowest(.max)
        #expect(all.count == PeerScores.keptPeers)
        #expect(all.count { $0.score == -5 } == 9)
        #expect(all.contains { $0.peer == "late" } && !all.contains { $0.peer == "good" })
    }
}
