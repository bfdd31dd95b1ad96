import Instruments
import OTelEmitter
import OTelEmitterTools
import Testing

@testable import otel_emit

@Suite struct MeasurementLineTests {
    private func parse(
        _ line: String, _ defaults: MeasurementLine.Defaults = MeasurementLine.Defaults()
    ) throws -> Measurement {
        try MeasurementLine.parse(Array(line.utf8)[...], defaults)
    }

    @Test func everyMemberArrivesWithItsType() throws {
        let line = """
            {"name":"jobs.done","value":3,"kind":"counter","unit":"{job}",\
            "attributes":{"text":"a","whole":-7,"flag":true,"part":0.5}}
            """
        #expect(
            try parse(line)
                == Measurement(
                    "jobs.done", .integer(3), kind: .counter, unit: "{job}",
                    attributes: [
                        ("text", .string("a")), ("whole", .integer(-7)), ("flag", .bool(true)),
                        ("part", .double(0.5)),
                    ]))
    }

    @Test func unitAndAttributesMayBeMissing() throws {
        let expected = Measurement("a", .double(1.5), kind: .gauge)
        #expect(try parse("{\"name\":\"a\",\"value\":1.5,\"kind\":\"gauge\"}") == expected)
    }

    @Test func defaultsHoldWhereALineSaysNothing() throws {
        let defaults = MeasurementLine.Defaults(
            kind: .gauge, unit: "s", attributes: [("host", .string("x")), ("zone", .string("y"))])
        #expect(
            try parse("{\"name\":\"a\",\"value\":1}", defaults)
                == Measurement(
                    "a", .integer(1), kind: .gauge, unit: "s",
                    attributes: [("host", .string("x")), ("zone", .string("y"))]))
        let line =
            "{\"name\":\"a\",\"value\":1,\"kind\":\"counter\",\"unit\":\"\","
            + "\"attributes\":{\"host\":\"own\"}}"
        #expect(
            try parse(line, defaults)
                == Measurement(
                    "a", .integer(1), kind: .counter,
                    attributes: [("host", .string("own")), ("zone", .string("y"))]))
    }

    @Test(arguments: [
        ("nonsense", "not JSON"), ("{\"name\":\"a\"", "not JSON"), ("[1]", "must be an object"),
        ("{}{}", "not JSON"), ("{\"value\":1,\"kind\":\"gauge\"}", "\"name\" must be a string"),
        ("{\"name\":1,\"value\":1,\"kind\":\"gauge\"}", "\"name\" must be a string"),
        ("{\"name\":\"a\",\"kind\":\"gauge\"}", "\"value\" must be a number"),
        ("{\"name\":\"a\",\"value\":\"1\",\"kind\":\"gauge\"}", "\"value\" must be a number"),
        ("{\"name\":\"a\",\"value\":1e999,\"kind\":\"gauge\"}", "\"value\" must be a number"),
        (
            "{\"name\":\"a\",\"value\":9223372036854775808,\"kind\":\"gauge\"}",
            "\"value\" must be a number"
        ),
        ("{\"name\":\"a\",\"value\":1}", "\"kind\" must be"),
        ("{\"name\":\"a\",\"value\":1,\"kind\":\"dial\"}", "\"kind\" must be"),
        ("{\"name\":\"a\",\"value\":1,\"kind\":\"gauge\",\"unit\":1}", "\"unit\" must be a string"),
        ("{\"name\":\"a\",\"vlaue\":1,\"kind\":\"gauge\"}", "\"vlaue\" is not a member"),
        ("{\"name\":\"a\",\"value\":1,\"value\":2,\"kind\":\"gauge\"}", "\"value\" is given twice"),
        (
            "{\"name\":\"a\",\"value\":1,\"kind\":\"gauge\",\"attributes\":[]}",
            "\"attributes\" must be an object"
        ),
        (
            "{\"name\":\"a\",\"value\":1,\"kind\":\"gauge\",\"attributes\":{\"k\":null}}",
            "the attribute \"k\" must be"
        ),
        (
            "{\"name\":\"a\",\"value\":1,\"kind\":\"gauge\",\"attributes\":{\"k\":1e999}}",
            "the attribute \"k\" must be"
        ),
    ])
    func badLineIsNamedWithWhatWouldBeRight(line: String, said: String) {
        let problem = #expect(throws: Measurement.Problem.self) { try parse(line) }
        #expect(problem?.description.contains(said) == true, "\(problem?.description ?? "")")
    }
}
