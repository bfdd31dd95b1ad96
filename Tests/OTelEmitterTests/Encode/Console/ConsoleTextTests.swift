import Instruments
import Testing

@testable import OTelEmitter

@Suite struct ConsoleTextTests {
    @Test func eachPointIsOneLine() {
        for (name, snapshot) in Snapshots.all {
            let lines = ConsoleText.lines(snapshot)
            #expect(lines.count == snapshot.pointCount, "\(name)")
            // No control character, so no line is broken and no terminal is played with.
            #expect(
                lines.allSatisfy { line in
                    line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                }, "\(name)")
        }
        #expect(ConsoleText.lines(Snapshots.make(scopes: [])) == [])
    }

    @Test func sumsAndGaugesShowTheirValues() {
        let snapshot = Snapshots.make([
            Snapshots.sum("c", [Snapshots.point(.int(3), ["country": "DE", "items": 2])]),
            Snapshots.sum("d", [Snapshots.point(.double(0.5))], temporality: .delta),
            Snapshots.gauge("g", [Snapshots.point(.double(.nan))]),
        ])
        #expect(
            ConsoleText.lines(snapshot) == [
                "2023-11-14T22:14:20.000Z lib c {country=\"DE\", items=2} sum 3 By",
                "2023-11-14T22:14:20.000Z lib d {} sum since 0.5 By",
                "2023-11-14T22:14:20.000Z lib g {} gauge nan",
            ])
    }

    @Test func histogramsShowTheBucketsThatHoldSomething() {
        let snapshot = Snapshots.make([
            Snapshots.histogram("h", counts: [[0, 2, 1]], bounds: [1, 2.5])
        ])
        #expect(
            ConsoleText.lines(snapshot) == [
                "2023-11-14T22:14:20.000Z lib h {i=0} histogram count=3 sum=2.5 min=0.0"
                    + " max=1e+300 buckets=[≤2.5: 2, more: 1] ms"
            ])
    }

    @Test func hostileTextsStayOnTheirLine() {
        let attributes: AttributeSet = ["k\n": "a\"\\\r\u{1B}[2J\u{2028}b"]
        let snapshot = Snapshots.make([
            Snapshots.gauge("g\nforged", [Snapshots.point(.int(1), attributes)])
        ])
        #expect(
            ConsoleText.lines(snapshot) == [
                "2023-11-14T22:14:20.000Z lib g\\nforged"
                    + " {k\\n=\"a\\\"\\\\\\u{d}\\u{1b}[2J\\u{2028}b\"} gauge 1"
            ])
    }

    @Test func theLastTimeIsATimeToo() {
        let snapshot = MetricsSnapshot(
            resource: Resource(), time: .max,
            scopes: [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "s"),
                    metrics: [Snapshots.gauge("g", [Snapshots.point(.int(.min))])])
            ])
        #expect(
            ConsoleText.lines(snapshot).first?.hasPrefix("2554-07-21T23:34:33.709Z s g") == true)
    }
}
