import Instruments
import TestSupport

/// What stands between an emitter and a real collector and fails at random: the same seed gives the
/// same faults by connection and by command.
final class FaultyUplink: Sendable {
    private struct State {
        var isUp = true
        var isCruel: Bool
        var random: SeededRandom
    }

    private let state: Monitor<State>
    private let front: ScriptedCollector

    /// - Parameters:
    ///   - port: where the collector is.
    ///   - isCruel: whether connections that are let through at all may still be spoilt.
    init(to port: UInt16, seed: UInt64, isCruel: Bool) throws {
        let state = Monitor(State(isCruel: isCruel, random: SeededRandom(seed: seed)))
        self.state = state
        front = try ScriptedCollector(
            otherwise: ConnectionScript(
                .choose { _ in Self.choose(state, port) }))
    }

    var endpoint: String { front.endpoint }

    /// Connections are refused and cut while it is down.
    var isUp: Bool {
        get { state.withLock { $0.isUp } }
        set { state.withLock { $0.isUp = newValue } }
    }

    /// Connections that are let through at all are not spoilt any more.
    func calmDown() {
        state.withLock { $0.isCruel = false }
    }

    private static func choose(
        _ state: Monitor<State>, _ port: UInt16
    ) -> ConnectionScript {
        let relay = ConnectionScript(
            .relay(to: port, while: { state.withLock { $0.isUp } }))
        let (isUp, isCruel, fault) = state.withLock { state in
            (state.isUp, state.isCruel, Int.random(in: 0..<12, using: &state.random))
        }
        guard isUp else { return ConnectionScript(.reset) }
        guard isCruel else { return relay }
        return switch fault {
        case 0: ConnectionScript(.reset)
        case 1: ConnectionScript(.readBytes(100), .reset)
        case 2: ConnectionScript(.readRequest, .reset)
        case 3: ConnectionScript(.readRequest, .answer(HTTPAnswer(503)), .readRequest)
        case 4:
            ConnectionScript(
                .readRequest, .answer(HTTPAnswer(429, headers: [("Retry-After", "1")])))
        case 5: .mute
        case 6: .writing("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 1000\r\n\r\nhalf")
        case 7: .writing("SSH-2.0-OpenSSH_9.2\r\n")
        default: relay
        }
    }
}
