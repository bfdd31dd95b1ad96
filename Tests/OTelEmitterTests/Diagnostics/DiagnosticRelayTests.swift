import Glibc
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

    /// The system refuses threads until the room is full; then it does not any more.
    @Test func aThreadIsAskedForAgainThoughTheRoomIsFull() async {
        await #expect(processExitsWith: .success) {
            let told = Monitor<[EmitterDiagnostic]>([])
            let relay = DiagnosticRelay { diagnostic in told.change { $0.append(diagnostic) } }
            if getuid() == 0 { #expect(setuid(65_534) == 0) }
            let processes = __rlimit_resource_t(__RLIMIT_NPROC.rawValue)
            var limit = rlimit()
            getrlimit(processes, &limit)
            var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
            setrlimit(processes, &none)
            for number in 0..<(DiagnosticRelay.capacity + 3) {
                relay.report(DiagnosticRelayTests.line(number))
            }
            setrlimit(processes, &limit)
            relay.report(DiagnosticRelayTests.line(-1))
            relay.settle(until: .now() + .seconds(20))
            let expected =
                (0..<DiagnosticRelay.capacity).map(DiagnosticRelayTests.line)
                + [.diagnosticsDropped(count: 4)]
            #expect(told.change { $0 } == expected)
        }
    }
}
