import Foundation
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// Rows of the checklist's section C that no other test shows, and B11.
@Suite struct EncodingRowsTests {
    private func json(_ snapshot: MetricsSnapshot) -> String {
        String(decoding: Encoded.requests(of: snapshot).flatMap(\.bytes), as: UTF8.self)
    }

    /// All names of members in a document.
    private func names(_ value: Any) -> [String] {
        switch value {
        case let object as [String: Any]:
            object.flatMap { name, value in
                // Attributes' keys are values, not names.
                [name] + names(value)
            }
        case let list as [Any]: list.flatMap(names)
        default: []
        }
    }

    @Test func c1_namesAreLowerCamelCase() throws {
        for (name, snapshot) in Snapshots.all {
            let document = try JSONSerialization.jsonObject(with: Data(json(snapshot).utf8))
            let found = Set(names(document))
            #expect(!found.isEmpty && found.allSatisfy { !$0.contains("_") }, "\(name)")
            #expect(found.allSatisfy { $0.first?.isLowercase == true }, "\(name)")
        }
    }

    @Test func c7_whatIsAtItsDefaultIsLeftOut() {
        let text = json(
            Snapshots.make(
                resource: Resource(),
                scopes: [
                    ScopeMetrics(
                        scope: InstrumentationScope(name: ""),
                        metrics: [Snapshots.gauge("", [Snapshots.point(.int(1))])])
                ]))
        for name in [
            "attributes", "description", "unit", "metadata", "schemaUrl", "version", "flags",
            "exemplars", "droppedAttributesCount", "isMonotonic", "zeroThreshold",
        ] {
            #expect(!text.contains("\"\(name)\""), "\(name)")
        }
        #expect(!text.contains("[]") && !text.contains("null"))
    }

    @Test func c9_absentValuesAreNoMembers() {
        for (_, snapshot) in Snapshots.all { #expect(!json(snapshot).contains(":null")) }
    }

    @Test func c10_noMemberIsWrittenTwice() throws {
        // Foundation keeps one of two members of a name: the text would then be longer than what is
        // written of it again.
        for (name, snapshot) in Snapshots.all {
            let text = json(snapshot)
            let document = try JSONSerialization.jsonObject(with: Data(text.utf8))
            let members = text.components(separatedBy: "\":").count - 1
            let colonsInValues = name == "strings" ? nil : names(document).count
            #expect(colonsInValues == nil || members == colonsInValues, "\(name)")
        }
    }

    /// C11: whatever bytes a host has, what is sent is UTF-8 and JSON.
    @Test func c11_anyBytesBecomeValidJSON() throws {
        let seed: UInt64 = 611
        var random = SeededRandom(seed: seed)
        var texts = [
            String(decoding: [0xFF, 0xFE, 0x80], as: UTF8.self),
            String(decoding: [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80], as: UTF8.self),
            String(decoding: [0xC0, 0x80, 0xF5, 0x80, 0x80, 0x80], as: UTF8.self),
            String(decoding: [0xD800, 0x41, 0xDC00, 0xDBFF] as [UInt16], as: UTF16.self),
            String(decoding: [0xE2, 0x82], as: UTF8.self),
            "\u{2028}\u{2029}\u{0}\u{1F}\u{7F}\u{FFFE}", "\"\\/\u{8}\u{C}\n\r\t",
            String(NSString(format: "%C%C", 0xD83D, 0x41)),
        ]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8(truncatingIfNeeded: random.next())
            }
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        for text in texts {
            let snapshot = Snapshots.make(
                resource: Resource([text: .string(text)], schemaURL: text),
                scopes: [
                    ScopeMetrics(
                        scope: InstrumentationScope(
                            name: text, version: text, schemaURL: text,
                            attributes: ["s": .string(text)]),
                        metrics: [
                            Metric(
                                descriptor: MetricDescriptor(
                                    name: text, unit: text, description: text,
                                    metadata: ["m": .array([.string(text)])]),
                                data: .gauge([
                                    Snapshots.point(.int(1), ["k": .map([Attribute(text, true)])])
                                ]))
                        ])
                ])
            let bytes = Encoded.requests(of: snapshot).flatMap(\.bytes)
            #expect(String(validating: bytes, as: UTF8.self) != nil, "seed \(seed)")
            let parsed = try OTLPNames(bytes)
            #expect(parsed.metric.utf8.elementsEqual(text.utf8), "seed \(seed)")
            #expect(parsed.scope.utf8.elementsEqual(text.utf8), "seed \(seed)")
        }
    }

    /// The name of the first scope and metric, by Foundation's parser.
    private struct OTLPNames: Decodable {
        let scope: String
        let metric: String

        private struct Request: Decodable {
            struct Resource: Decodable { let scopeMetrics: [Scope] }
            struct Scope: Decodable {
                let scope: Named
                let metrics: [Named]
            }
            struct Named: Decodable { let name: String }
            let resourceMetrics: [Resource]
        }

        init(_ bytes: [UInt8]) throws {
            let request = try JSONDecoder().decode(Request.self, from: Data(bytes))
            let first = request.resourceMetrics.first?.scopeMetrics.first
            scope = first?.scope.name ?? "?"
            metric = first?.metrics.first?.name ?? "?"
        }
    }

    @Test func c12_keysAreUniqueAndSorted() {
        let set = AttributeSet([
            Attribute("b", 1), Attribute("a", 2), Attribute("b", 3), Attribute("", 4),
        ])
        let text = json(Snapshots.make([Snapshots.sum("m", [Snapshots.point(.int(1), set)])]))
        #expect(
            text.contains(
                #""attributes":[{"key":"a","value":{"intValue":"2"}},{"key":"b","value":{"intValue":"3"}}]"#
            ))
    }

    @Test func c13_aRequestIsALineOfAnOTLPFile() {
        for (name, snapshot) in Snapshots.all {
            let text = json(snapshot)
            #expect(text.hasPrefix(#"{"resourceMetrics":[{"#) && text.hasSuffix("]}"), "\(name)")
            #expect(!text.utf8.contains { $0 < 0x20 }, "\(name)")
        }
    }

    // MARK: B11

    private func encode(
        _ snapshot: MetricsSnapshot, _ limits: BatchLimits
    ) -> (requests: [Encoded], omitted: [String: Int]) {
        var encoder = OTLPEncoder(limits: limits)
        var (requests, omitted): ([Encoded], [String: Int]) = ([], [:])
        encoder.encode(snapshot) {
            omitted[$0, default: 0] += $1
        } emit: {
            requests.append(Encoded(bytes: Array($0), points: $1))
        }
        return (requests, omitted)
    }

    @Test func b11_aPointLargerThanARequestMayBeIsInNoneAndTold() throws {
        let long = AttributeSet([Attribute("long", .string(String(repeating: "x", count: 5000)))])
        let snapshot = Snapshots.make(
            resource: Resource(["service.name": "s"]),
            scopes: [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "a"),
                    metrics: [
                        Snapshots.sum("m.first", [Snapshots.point(.int(1), long)]),
                        Snapshots.sum(
                            "m.some",
                            [
                                Snapshots.point(.int(2)), Snapshots.point(.int(3), long),
                                Snapshots.point(.int(4), ["k": 1]), Snapshots.point(.int(5), long),
                            ]),
                        Snapshots.gauge("m.none", [Snapshots.point(.int(6))]),
                    ]),
                ScopeMetrics(
                    scope: InstrumentationScope(name: "b"),
                    metrics: [Snapshots.sum("m.last", [Snapshots.point(.int(7), long)])]),
            ])
        var limits = BatchLimits()
        limits.hardLimitBytes = 4000
        let (requests, omitted) = encode(snapshot, limits)
        #expect(omitted == ["m.first": 1, "m.some": 2, "m.last": 1])
        #expect(requests.reduce(0) { $0 + $1.points } == 3)
        for request in requests {
            #expect(request.bytes.count <= 4000)
            #expect(try request.flattened().count == request.points)
        }
        limits.hardLimitBytes = 8000
        #expect(encode(snapshot, limits).omitted.isEmpty)
    }

    @Test(arguments: [Int.min, -1, 0, 10])
    func b11_aLimitThatNothingFitsIntoLeavesNothing(limit: Int) {
        var limits = BatchLimits()
        limits.hardLimitBytes = limit
        let (requests, omitted) = encode(Snapshots.scopes, limits)
        #expect(requests.isEmpty)
        #expect(omitted.values.reduce(0, +) == Snapshots.scopes.pointCount)
    }

    @Test func b11_theHardLimitHoldsForRequestsOfManyPoints() {
        let points = (0..<500).map { Snapshots.point(.int($0)) }
        var limits = Encoded.limits()
        limits.hardLimitBytes = 3000
        let (requests, omitted) = encode(Snapshots.make([Snapshots.sum("m", points)]), limits)
        #expect(omitted.isEmpty && requests.reduce(0) { $0 + $1.points } == 500)
        #expect(requests.allSatisfy { $0.bytes.count <= 3000 })
    }
}
