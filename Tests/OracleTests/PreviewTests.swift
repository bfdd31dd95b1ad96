import Testing

/// The preview of the dashboards is a Python program; its tests are Python's and stand in
/// `Tests/Preview`.
@Suite(.enabled(if: Oracle.isWanted, "OTEL_EMITTER_PYTHON names no Python"))
struct PreviewTests {
    @Test func testsOfThePreviewPass() throws {
        try UnitTestsInPython(folder: "Preview").expectToPass(atLeast: 40)
    }
}
