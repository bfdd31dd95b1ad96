import Glibc
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Processes that end without a shutdown (scenario P3). Under TLS: `SecureScenarioTests`.
@Suite struct ProcessExitScenarioTests {
    /// What an emitter does when its process ends without a shutdown.
    private static let moments = ["waiting", "sending", "handshake", "idle", "back-off"]

    private enum Ending: String, CaseIterable, Sendable {
        case exit, quickExit, endOfMain
    }

    /// Brings an emitter to a moment at which the process shall end; what it needs lives on.
    private static func bring(to moment: String) throws {
        // A process that hangs is killed, which is no success.
        alarm(30)
        let gate = Latch()
        let collector =
            switch moment {
            case "sending", "handshake":
                try ScriptedCollector(otherwise: ConnectionScript(.readBytes(10), .wait(gate)))
            case "idle": try ScriptedCollector()
            case "back-off": try ScriptedCollector(otherwise: .answering(503))
            default: try ScriptedCollector(otherwise: .mute)
            }
        let scheme = moment == "handshake" ? "https" : "http"
        let pipeline = try Pipeline.make(to: collector) {
            $0.endpoint =
                Endpoint(exactly: "\(scheme)://127.0.0.1:\(collector.port)/x") ?? .standard
            $0.batchLimits.bytes = 64 << 20
        }
        if moment == "sending" {
            let text = String(repeating: "x", count: 8 << 20)
            pipeline.emitter.meter("m").counter("c").add(1, ["text": .string(text)])
        }
        pipeline.count(series: 3)
        _ = pipeline.emitter.flush(timeout: .milliseconds(200))
        switch moment {
        case "waiting": _ = collector.requests(atLeast: 1)
        case "back-off": _ = pipeline.told.text(containing: "503")
        default: _ = collector.hasConnections(atLeast: 1)
        }
        Kept.shared.keep(collector, pipeline, gate)
    }

    @Test(arguments: moments, Ending.allCases.map(\.rawValue))
    func p3_aProcessThatEndsWithoutAShutdownEndsAtOnce(moment: String, ending: String) async {
        await #expect(processExitsWith: .success) { [moment, ending] in
            try ProcessExitScenarioTests.bring(to: moment)
            switch ending {
            case "exit": exit(EXIT_SUCCESS)
            case "quickExit": _exit(EXIT_SUCCESS)
            default: break
            }
        }
    }

    @Test(arguments: ["waiting", "handshake"])
    func p3_aProcessThatAbortsEndsByThat(moment: String) async {
        await #expect(processExitsWith: .signal(SIGABRT)) { [moment] in
            try ProcessExitScenarioTests.bring(to: moment)
            abort()
        }
    }
}

/// What has to live until the process ends.
final class Kept: Sendable {
    static let shared = Kept()

    private let all = Monitor<[any Sendable]>([])

    func keep(_ values: any Sendable...) {
        all.withLock { $0 += values }
    }
}
