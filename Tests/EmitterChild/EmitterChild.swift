import Glibc
import Instruments
import OTelEmitter

/// A program that does nothing but record and export, for tests that watch it from outside or kill
/// it: `emitter-child ENDPOINT SPOOL-DIRECTORY INTERVAL-MILLISECONDS COMPRESSION`.
///
/// It counts until SIGTERM, then shuts the emitter down and prints the report. About once in a
/// second it prints the totals so far.
@main
enum EmitterChild {
    private static let seriesCount = 8
    /// Time between two rounds of measurements, in nanoseconds.
    private static let pause = 1_000_000

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let endpoint = Endpoint(exactly: arguments[1]),
            let interval = Int(arguments[3])
        else {
            print("usage: emitter-child ENDPOINT SPOOL-DIRECTORY INTERVAL-MILLISECONDS COMPRESSION")
            exit(64)
        }
        var configuration = EmitterConfiguration(environment: [:])
        configuration.endpoint = endpoint
        configuration.exportInterval = .milliseconds(interval)
        configuration.compression = arguments[4] == "gzip" ? .gzip : .none
        configuration.timeout = .milliseconds(500)
        if !arguments[2].isEmpty { configuration.spool = SpoolOptions(directory: arguments[2]) }
        // Blocked before there is a thread that could take it.
        var ending = sigset_t()
        sigemptyset(&ending)
        sigaddset(&ending, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &ending, nil)
        let emitter = Emitter(configuration)
        count(with: emitter, until: ending)
        report(emitter.shutdown(timeout: .seconds(5)).totals)
    }

    private static func count(with emitter: Emitter, until ending: sigset_t) {
        let meter = emitter.meter("child")
        let events = meter.counter("events")
        let latency = meter.histogram("latency", unit: "ms")
        let series = (0..<seriesCount).map { events.bind(["series": .int(Int64($0))]) }
        var ending = ending
        var pause = timespec(tv_sec: 0, tv_nsec: Self.pause)
        var rounds = 0
        repeat {
            series.forEach { $0.add(1) }
            latency.record(Double(rounds % 1000))
            rounds += 1
            if rounds % 1000 == 1 { report(emitter.totals) }
        } while sigtimedwait(&ending, nil, &pause) < 0
        tell("rounds=\(rounds)")
    }

    private static func report(_ totals: DeliveryTotals) {
        tell(
            "\(totals) disk=\(totals.pendingOnDisk) spooled=\(totals.spooled)"
                + " replayed=\(totals.replayed)")
    }

    /// A line at once: what the emitter says on standard error must not come into its midst.
    private static func tell(_ line: String) {
        print(line)
        fflush(nil)
    }
}
