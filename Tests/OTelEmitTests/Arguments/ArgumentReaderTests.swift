import Testing

@testable import otel_emit

@Suite struct ArgumentReaderTests {
    private func words(_ words: String...) throws -> [ArgumentReader.Word] {
        var reader = ArgumentReader(words)
        var found: [ArgumentReader.Word] = []
        while let word = try reader.next() { found.append(word) }
        return found
    }

    @Test func optionsAndValuesAreToldApart() throws {
        #expect(try words("a", "--b", "-c") == [.value("a"), .option("--b"), .option("-c")])
    }

    @Test func negativeNumbersAndADashAreValues() throws {
        #expect(try words("-5", "-.5", "-") == [.value("-5"), .value("-.5"), .value("-")])
    }

    @Test func behindTwoDashesAllAreValues() throws {
        #expect(try words("--", "--b", "--") == [.value("--b"), .value("--")])
    }

    @Test func valueStandsBehindAnEqualsSignOrIsTheNextWord() throws {
        var reader = ArgumentReader(["--unit=a=b", "--unit", "-1", "--unit="])
        for expected in ["a=b", "-1", ""] {
            #expect(try reader.next() == .option("--unit"))
            #expect(try reader.value(of: "--unit", "a unit") == expected)
        }
        #expect(try reader.next() == nil)
    }

    @Test func missingAndUnwantedValuesAreProblems() throws {
        var missing = ArgumentReader(["--unit"])
        _ = try missing.next()
        #expect(throws: UsageProblem("--unit needs a unit")) {
            try missing.value(of: "--unit", "a unit")
        }
        var followed = ArgumentReader(["--unit", "--kind"])
        _ = try followed.next()
        #expect(throws: UsageProblem.self) { try followed.value(of: "--unit", "a unit") }
        #expect(throws: UsageProblem("--stdin takes no value")) { try words("--stdin=1") }
    }

    @Test(arguments: [("0.5", Duration.milliseconds(500)), ("30", .seconds(30))])
    func timeoutIsInSeconds(text: String, expected: Duration) throws {
        var reader = ArgumentReader([text])
        #expect(try reader.timeout("--timeout") == expected)
    }

    @Test(arguments: ["0", "-1", "86401", "1s", "", "nan", "0x1"])
    func otherTimeoutsAreProblems(text: String) {
        var reader = ArgumentReader([text])
        #expect(throws: UsageProblem.self) { try reader.timeout("--timeout") }
    }
}
