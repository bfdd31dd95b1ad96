import Foundation
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct RequestIndexTests {
    private func index(_ text: String) -> RequestIndex? { RequestIndex(Array(text.utf8)) }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func metricsAreNamedInOrderWithTheirPoints() throws {
        let body = Encoded.requests(of: Snapshots.scopes)[0].bytes
        let index = try #require(RequestIndex(body))
        #expect(index.pointCount == Snapshots.scopes.pointCount)
        #expect(
            index.metrics == [
                RequestIndex.MetricRange(name: "m.a", scope: "lib", points: 0..<2),
                RequestIndex.MetricRange(name: "m.b", scope: "lib", points: 2..<3),
                RequestIndex.MetricRange(name: "m.c", scope: "", points: 3..<4),
                RequestIndex.MetricRange(name: "m.a", scope: "lib", points: 4..<5),
            ])
    }

    @Test func namesAreUnescaped() throws {
        let body = Encoded.requests(of: Snapshots.strings)[0].bytes
        #expect(RequestIndex(body)?.metrics.map(\.name) == ["quote\" backslash\\ slash/"])
    }

    /// Whatever the encoder would have written for the same points.
    @Test func partsHaveTheBytesThatTheEncoderGivesThem() throws {
        var divided = 0
        for seed in UInt64(0)..<120 {
            let snapshot = RandomSnapshot.make(seed: seed)
            guard let whole = Encoded.requests(of: snapshot).first else { continue }
            let index = try #require(RequestIndex(whole.bytes), "seed \(seed)")
            #expect(index.pointCount == snapshot.pointCount)
            #expect(index.request(points: [0..<index.pointCount]) == whole.bytes)
            for size in 1...5 {
                let limits = Encoded.limits(points: size)
                var start = 0
                for request in Encoded.requests(of: snapshot, limits: limits) {
                    let part = index.request(points: [start..<start + request.points])
                    #expect(part == request.bytes, "seed \(seed), from \(start)")
                    start += request.points
                    divided += 1
                }
            }
        }
        #expect(divided > 1000)
    }

    @Test func aPartCanBeDividedAgain() throws {
        let snapshot = RandomSnapshot.make(seed: 5)
        let whole = Encoded.requests(of: snapshot)[0].bytes
        let index = try #require(RequestIndex(whole))
        let part = try #require(RequestIndex(index.request(points: [1..<index.pointCount])))
        #expect(part.pointCount == index.pointCount - 1)
        for point in 0..<part.pointCount {
            #expect(
                part.request(points: [point..<point + 1])
                    == index.request(points: [point + 1..<point + 2]))
        }
    }

    /// Each point is what it would be in a request of its own.
    @Test func severalRangesMakeOneRequest() throws {
        var random = SeededRandom(seed: 3)
        for seed in UInt64(0)..<60 {
            let snapshot = RandomSnapshot.make(seed: seed)
            guard let whole = Encoded.requests(of: snapshot).first else { continue }
            let index = try #require(RequestIndex(whole.bytes), "seed \(seed)")
            let chosen = (0..<index.pointCount).filter { _ in random.oneIn(3) }
            let request = index.request(points: chosen.map { $0..<$0 + 1 })
            guard !chosen.isEmpty else {
                #expect(RequestIndex(request) == nil)
                continue
            }
            let part = try #require(RequestIndex(request), "seed \(seed)")
            #expect(part.pointCount == chosen.count, "seed \(seed)")
            for (position, point) in chosen.enumerated() {
                #expect(
                    part.request(points: [position..<position + 1])
                        == index.request(points: [point..<point + 1]), "seed \(seed)")
            }
        }
    }

    @Test func anyOrderOfMembersAndUnknownOnesAreKept() throws {
        let body = """
            { "resourceMetrics" : [ {"scopeMetrics":[{"metrics":[
              {"x":{"dataPoints":[{}]},"sum":{"isMonotonic":true,"dataPoints": [ {"a":1} , {"b":2} ],"z":0},
               "name":"m"},{"name":"none","gauge":{}},{"name":"no data"}, {"gauge":null, "n\\u0061me":"e", "gauge":{"dataPoints":[{}]}}],
              "scope":{"version":"1","name":"s"},"schemaUrl":"u"}],"resource":{}}
             , {"scopeMetrics":[]}, {}], "later":[{}] }
            """
        let index = try #require(self.index(body))
        #expect(
            index.metrics == [
                RequestIndex.MetricRange(name: "m", scope: "s", points: 0..<2),
                RequestIndex.MetricRange(name: "e", scope: "s", points: 2..<3),
            ])
        #expect(text(index.request(points: [0..<3])) == body)
        let second = text(index.request(points: [1..<2]))
        #expect(second.contains(#""dataPoints": [{"b":2}],"z":0}"#))
        #expect(second.contains(#""scope":{"version":"1","name":"s"},"schemaUrl":"u"}"#))
        #expect(second.hasSuffix(#", "later":[{}] }"#) && !second.contains("none"))
        _ = try JSONSerialization.jsonObject(with: Data(second.utf8))
    }

    @Test func rangesThatDoNotExistAreCut() throws {
        let body = Encoded.requests(of: Snapshots.sums)[0].bytes
        let index = try #require(RequestIndex(body))
        #expect(index.request(points: [-5..<100]) == body)
        #expect(index.request(points: [.min..<1]) == index.request(points: [0..<1]))
        #expect(text(index.request(points: [3..<3])) == #"{"resourceMetrics":[]}"#)
        #expect(text(index.request(points: [500..<600])) == #"{"resourceMetrics":[]}"#)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", "{\"resourceMetrics\":[]}", "{\"resourceMetrics\":{}}",
        "{\"resourceMetrics\":null}", "{\"resourceMetrics\":[{}]}x",
        #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[]}}]}]}]}"#,
        #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[1]}}]}]}]}"#,
        #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{}]}"#,
        #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{}]},"gauge":{}}]}]}]}"#,
        #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{}],"dataPoints":[]}}]}]}]}"#,
    ])
    func whatIsNoRequestOrHoldsNoPointHasNoIndex(body: String) {
        #expect(index(body) == nil)
    }

    @Test func damagedRequestsNeverTrapAndGiveValidJSONOrNothing() throws {
        let seed: UInt64 = 91
        var random = SeededRandom(seed: seed)
        let good = Encoded.requests(of: Snapshots.scopes)[0].bytes
        var accepted = 0
        for _ in 0..<10_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch random.next() % 3 {
                case 0: bytes[place] = random.pick(good)
                case 1: bytes.remove(at: place)
                default: bytes.removeLast(Int.random(in: 0...place, using: &random) / 50)
                }
            }
            guard let index = RequestIndex(bytes) else { continue }
            accepted += 1
            let part = index.request(points: [0..<max(index.pointCount / 2, 1)])
            #expect(RequestIndex(part)?.pointCount == max(index.pointCount / 2, 1), "seed \(seed)")
        }
        #expect(accepted > 500 && accepted < 9500)
        let deep = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
        #expect(RequestIndex(deep) == nil)
    }
}
