import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct DiagnosticRelayTests {
    private static func line(_ number: Int) -> EmitterDiagnostic {
        .exportUnavailable(reason: "\(number)")
    }

    @Test func whatFindsNoRoomIsCountedAndToldOnce() {
        let gate = Gate()
        let told = Monitor<[EmitterDiagnostic]>([])
        let relay = DiagnosticRelay { diagnostic in
            gate.pass()
            told.change { $0.append(diagnostic) }
        }
        relay.report(Self.line(0))
        #expect(eventually { gate.arrivals == 1 })
        let waiting = 1...DiagnosticRelay.capacity
        waiting.forEach { relay.report(Self.line($0)) }
        for _ in 0..<5 { relay.report(Self.line(-1)) }
        gate.open()
        relay.settle(until: .now() + .seconds(20))
        let expected = ([0] + waiting).map(Self.line) + [.diagnosticsDropped(count: 5)]
        #expect(told.change { $0 } == expected)
        relay.report(Self.line(1))
        relay.settle(until: .now() + .seconds(20))
        #expect(told.change { $0 } == expected + [Self.line(1)])
    }
}
