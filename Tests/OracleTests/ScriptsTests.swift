import Testing

/// The scripts are bash and Python; their tests are Python's and stand in
/// `Tests/Scripts`.
@Suite(.enabled(if: Oracle.isWanted, "OTEL_EMITTER_PYTHON names no Python"))
struct ScriptsTests {
    @Test func testsOfTheScriptsPass() throws {
        try UnitTestsInPython(folder: "Scripts").expectToPass(atLeast: 17)
    }
}
