import Testing

@testable import OTelEmitter

@Suite struct ProcessEnvironmentTests {
    @Test func variablesThatAreUnsetAreLeftOut() {
        let name = "OTEL_EMITTER_TEST_VARIABLE_THAT_NOBODY_SETS"
        #expect(ProcessEnvironment.read([name]).isEmpty)
        #expect(ProcessEnvironment.read(["PATH", name]).keys.sorted() == ["PATH"])
    }

    @Test func theProgramHasANameWithoutItsFolder() throws {
        let name = try #require(ProcessEnvironment.executableName())
        #expect(!name.isEmpty)
        #expect(!name.contains("/"))
    }
}
