import Testing

@testable import RPPTelemetry

@Suite struct StageResultsTests {
    private func all(_ results: StageResults) -> [VerificationStage: StageResult] {
        var found: [VerificationStage: StageResult] = [:]
        results.forEach { found[$0] = $1 }
        return found
    }

    @Test func stagesHaveNoResultUntilTheyAreReached() {
        var results = StageResults()
        #expect(all(results).isEmpty)
        #expect(VerificationStage.allCases.allSatisfy { results[$0] == nil })
        results[.parse] = .ok
        results[.adapter] = .fail
        #expect(all(results) == [.parse: .ok, .adapter: .fail])
        results[.adapter] = .ok
        results[.parse] = nil
        #expect(all(results) == [.adapter: .ok])
        results[.adapter] = .fail
        results[.adapter] = nil
        #expect(results == StageResults())
    }

    @Test func stagesComeInTheirOrder() {
        var results = StageResults()
        for stage in VerificationStage.allCases.reversed() { results[stage] = .ok }
        var order: [VerificationStage] = []
        results.forEach { stage, _ in order.append(stage) }
        #expect(order == VerificationStage.allCases)
        #expect(MemoryLayout<StageResults>.size == 2)
    }
}
