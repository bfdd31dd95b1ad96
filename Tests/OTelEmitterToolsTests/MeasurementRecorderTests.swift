import Instruments
import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct MeasurementRecorderTests {
    private let emitter: Emitter
    private var recorder: MeasurementRecorder

    init() {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.isExportEnabled = false
        emitter = Emitter(configuration)
        recorder = MeasurementRecorder(emitter, scope: "s")
    }

    private func data(_ name: String) -> MetricData? {
        emitter.meterProvider.collect().metric(name, scope: "s")?.data
    }

    private func number(_ name: String) -> Number? {
        switch data(name) {
        case .gauge(let points), .sum(let points, _, _): points.first?.value
        default: nil
        }
    }

    @Test mutating func integersStayIntegersAndAddUp() throws {
        for value in [1, 2] {
            try recorder.record(Measurement("c", .integer(value), kind: .counter))
            try recorder.record(Measurement("g", .integer(value), kind: .gauge))
        }
        #expect(number("c") == .int(3))
        #expect(number("g") == .int(2))
    }

    @Test mutating func decimalsStayDecimals() throws {
        for value in [0.5, 0.25] {
            try recorder.record(Measurement("c", .double(value), kind: .counter))
            try recorder.record(Measurement("g", .double(value), kind: .gauge))
        }
        #expect(number("c") == .double(0.75))
        #expect(number("g") == .double(0.25))
    }

    @Test mutating func firstValueDecidesAndOthersFollowIfTheyFit() throws {
        try recorder.record(Measurement("whole", .integer(1), kind: .counter))
        try recorder.record(Measurement("whole", .double(2.0), kind: .counter))
        #expect(number("whole") == .int(3))
        #expect(throws: Measurement.Problem.self) {
            try recorder.record(Measurement("whole", .double(0.5), kind: .counter))
        }
        try recorder.record(Measurement("part", .double(0.5), kind: .gauge))
        try recorder.record(Measurement("part", .integer(7), kind: .gauge))
        #expect(number("part") == .double(7))
        #expect(throws: Measurement.Problem.self) {
            try recorder.record(Measurement("part", .integer((1 << 53) + 1), kind: .gauge))
        }
        #expect(number("whole") == .int(3))
    }

    @Test mutating func histogramTakesBoth() throws {
        try recorder.record(Measurement("h", .integer(3), kind: .histogram))
        try recorder.record(Measurement("h", .double(0.5), kind: .histogram))
        guard case .histogram(let points, _, _) = data("h") else {
            Issue.record("no histogram")
            return
        }
        #expect(points.first?.count == 2)
        #expect(points.first?.sum == 3.5)
    }

    @Test mutating func anotherKindOrUnitOfANameIsAProblem() throws {
        try recorder.record(Measurement("a", .integer(1), kind: .counter, unit: "s"))
        for other in [
            Measurement("a", .integer(1), kind: .gauge, unit: "s"),
            Measurement("A", .integer(1), kind: .counter),
        ] {
            let problem = #expect(throws: Measurement.Problem.self) { try recorder.record(other) }
            #expect(problem?.description.hasSuffix("was a counter with the unit s before") == true)
        }
        #expect(number("a") == .int(1))
    }

    @Test(arguments: [InstrumentKind.upDownCounter, .observableGauge])
    mutating func otherKindsAreProblems(kind: InstrumentKind) {
        let problem = #expect(throws: Measurement.Problem.self) {
            try recorder.record(Measurement("a", .integer(1), kind: kind))
        }
        #expect(problem?.description.hasSuffix("not \(kind)") == true)
    }

    @Test mutating func attributesKeepTheirTypes() throws {
        try recorder.record(
            Measurement(
                "a", .integer(1), kind: .gauge,
                attributes: [
                    ("text", .string("x")), ("flag", .bool(true)), ("whole", .integer(2)),
                    ("part", .double(0.5)),
                ]))
        guard case .gauge(let points) = data("a") else {
            Issue.record("no gauge")
            return
        }
        let expected: AttributeSet = ["text": "x", "flag": true, "whole": 2, "part": 0.5]
        #expect(points.map(\.attributes) == [expected])
    }

    @Test mutating func namesAreLimited() throws {
        for index in 0..<MeasurementRecorder.nameLimit {
            try recorder.record(Measurement("n\(index)", .integer(1), kind: .gauge))
        }
        try recorder.record(Measurement("n1", .integer(2), kind: .gauge))
        #expect(throws: Measurement.Problem.self) {
            try recorder.record(Measurement("further", .integer(1), kind: .gauge))
        }
    }
}
