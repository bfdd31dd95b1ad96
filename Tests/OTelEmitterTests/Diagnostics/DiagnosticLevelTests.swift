import Instruments
import Testing

@testable import OTelEmitter

@Suite struct DiagnosticLevelTests {
    private static let told: [EmitterDiagnostic] = [
        .rejected(endpoint: "e", reason: "r", points: 1), .exportUnavailable(reason: "r"),
        .configuration(ConfigurationProblem(variable: "V", value: nil, remedy: "r")),
        .instruments(.droppedMeasurements("c")),
        .deliveryFailing(endpoint: "e", reason: "r", waitingPoints: 1),
        .deliveryRecovered(endpoint: "e", after: .zero, lostPoints: 0),
    ]

    @Test(arguments: [
        (DiagnosticLevel.none, 0), (.error, 2), (.warning, 5), (.info, 6), (.debug, 6), (.trace, 6),
    ])
    func aLevelAdmitsWhatMattersAsMuch(level: DiagnosticLevel, count: Int) {
        #expect(Self.told.filter { level.admits($0.level) }.count == count)
    }

    @Test func aProblemMattersMoreIfNothingIsSentBecauseOfIt() {
        var problem = ConfigurationProblem(variable: "V", value: nil, remedy: "r")
        #expect(EmitterDiagnostic.configuration(problem).level == .warning)
        problem.stopsSending = true
        #expect(EmitterDiagnostic.configuration(problem).level == .error)
    }

    @Test func nothingOfNoLevelIsEverAdmitted() {
        #expect(DiagnosticLevel.allCases.allSatisfy { !$0.admits(.none) })
    }
}
