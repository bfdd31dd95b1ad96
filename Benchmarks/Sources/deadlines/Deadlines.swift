import Glibc
import OTelEmitter

/// How punctually a request is given up that nobody answers, when a shutdown's timeout comes nearer
/// than its own; beside it how punctual the system's poll() is, in one run.
@main
struct Deadlines {
    private static let repetitions = 1000
    /// Milliseconds that a shutdown is given; far less than the 10 s that a request has.
    private static let timeout: Int32 = 20
    /// The emitter ends so much before its caller gives up, so that it can still report.
    private static let reserve = 0.1 * Double(timeout)
    /// Milliseconds.
    private static let aim = 50.0

    static func main() {
        guard let server = MuteServer() else {
            print("no socket can be had")
            exit(2)
        }
        var bare = Lateness()
        var returned = Lateness()
        for _ in 0..<repetitions {
            bare.add(elapsed { poll(nil, 0, timeout) } - Double(timeout))
            guard let duration = shutDown(server) else {
                print("no request arrived")
                exit(1)
            }
            returned.add(duration - Double(timeout))
        }
        let ended = returned.later(by: reserve)
        let verdict = ended.maximum <= aim ? "met" : "MISSED"
        print("\(repetitions) requests that nobody answers, each ended by shutdown(\(timeout) ms)")
        print("milliseconds late                       p50       p99       max")
        print("limit: bare poll() of \(timeout) ms      \(bare.text)")
        print("after the emitter's own cut-off  \(ended.text)  at most \(aim)  \(verdict)")
        print("after the caller's timeout       \(returned.text)")
    }

    /// How long a shutdown took during which the server had the request; nil if it had none.
    private static func shutDown(_ server: MuteServer) -> Double? {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.endpoint = Endpoint(exactly: server.url) ?? .standard
        configuration.exportInterval = .seconds(3600)
        configuration.isSelfObserved = false
        configuration.diagnosticHandler = { _ in }
        let emitter = Emitter(configuration)
        emitter.meter("deadlines").counter("requests").add(1)
        // Does not wait for the answer; the request is on its way all the same.
        _ = emitter.flush(timeout: .milliseconds(1))
        guard let connection = server.acceptRequest() else { return nil }
        defer { close(connection) }
        return elapsed { _ = emitter.shutdown(timeout: .milliseconds(Int(timeout))) }
    }

    /// Milliseconds of wall time.
    private static func elapsed(_ work: () -> Void) -> Double {
        let start = ContinuousClock.now
        work()
        return (ContinuousClock.now - start) / .milliseconds(1)
    }
}
