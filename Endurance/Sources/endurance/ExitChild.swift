import Glibc
import Instruments
import OTelEmitter
import Synchronization

/// The program that `ExitsScenario` runs: it records, and ends without a shutdown.
///
/// It writes the time at which it begins to end on standard output, and nothing else.
enum ExitChild {
    /// How the endurance program is told to be this one.
    static let argument = "--exit-child"

    enum Ending: String, CaseIterable {
        /// By `exit(0)`, while a static property holds the emitter.
        case exit
        /// By a return from `main`, likewise.
        case endOfMain = "end-of-main"
        /// By a return from `main`, which lets the emitter go first.
        case letGo = "let-go"
    }

    struct Task {
        /// The collector; nil: all is done without an emitter.
        var port: UInt16?
        var manner = StallingSink.Manner.mute
        var ending = Ending.exit
        /// Time from the first measurement to the end, in microseconds.
        var pause = 0

        var arguments: [String] {
            [argument, "\(port ?? 0)", manner.rawValue, ending.rawValue, "\(pause)"]
        }

        /// - Parameter words: those behind the first argument.
        init?(_ words: some Collection<String>) {
            let words = Array(words)
            guard words.count == 4, let port = UInt16(words[0]), let pause = Int(words[3]),
                let manner = StallingSink.Manner(rawValue: words[1]),
                let ending = Ending(rawValue: words[2])
            else { return nil }
            self.port = port == 0 ? nil : port
            (self.manner, self.ending, self.pause) = (manner, ending, pause)
        }

        init() {}
    }

    private static let series = 100
    /// What one attribute of 6 MiB repeats: no system takes the request in while nobody reads.
    private static let piece = String(repeating: "x", count: 1024)
    private static let pieces = 6 << 10
    private static let kept = Mutex<Emitter?>(nil)

    static func run(_ words: some Collection<String>) {
        guard let task = Task(words) else {
            Output.complain("endurance: \(words) is no task for \(argument)", status: 2)
        }
        // One that hangs is ended by a signal, which is no ordinary end.
        alarm(60)
        let emitter = task.port.map { self.emitter($0, task.manner) }
        if task.ending != .letGo { kept.withLock { $0 = emitter } }
        let provider = emitter?.meterProvider ?? MeterProvider()
        let counter = provider.meter("endurance").counter("exits")
        if task.manner == .slow {
            counter.add(1, "text", String(repeating: piece, count: pieces))
        }
        for index in 0..<series { counter.add(1, ["index": .int(Int64(index))]) }
        var pause = timespec(tv_sec: 0, tv_nsec: task.pause * 1000)
        nanosleep(&pause, nil)
        withExtendedLifetime(emitter) {
            Output.say("\(Process.seconds)")
            if task.ending == .exit { exit(0) }
        }
    }

    private static func emitter(_ port: UInt16, _ manner: StallingSink.Manner) -> Emitter {
        let scheme = manner == .handshake ? "https" : "http"
        var configuration = EmitterConfiguration(environment: [:])
        configuration.endpoint =
            Endpoint(exactly: "\(scheme)://127.0.0.1:\(port)/exits")
            ?? .standard
        // The first request leaves at once.
        configuration.exportInterval = .milliseconds(1)
        configuration.batchLimits.bytes = 64 << 20
        configuration.isSelfObserved = false
        return Emitter(configuration)
    }
}
