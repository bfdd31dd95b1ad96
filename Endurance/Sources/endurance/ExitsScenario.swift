import CProbe
import Synchronization

/// Processes end at any instant without a shutdown, while their emitter is in the midst of a
/// transfer.
///
/// Under the address sanitizer, which sees memory that a thread uses after `exit` has freed it;
/// without its search for leaks, which does not see that Swift's weak references are references:
///
///     swift build --package-path Endurance --scratch-path Endurance/.build-asan --sanitize=address
///     ASAN_OPTIONS=detect_leaks=0 Endurance/.build-asan/debug/endurance --scale 0.4 exits
enum ExitsScenario {
    static let scenario = Scenario(
        name: "exits",
        claim: "1,000 processes end at any instant amid a transfer: with status 0, silently, and as"
            + " soon as without an emitter",
        run: run)

    /// Processes with an emitter at full scale.
    private static let exits = 1000
    /// One more process without an emitter, to compare with, for so many with one.
    private static let share = 4
    /// The longest from the first measurement to the end, in microseconds. A request has left by
    /// then, be it that of a slow build.
    private static let pauseLimit = probe_is_optimized() ? 50_000 : 300_000
    /// What an emitter may add to the time that ending takes, in seconds.
    private static let limit = 0.1
    /// What it may add besides while the TLS library is being made ready, which can't be broken
    /// off: the system's authorities are read then. It is the patience of the emitter's `ExitGate`.
    private static let tlsPatience = 0.5
    /// Processes at once.
    private static let workers = Process.cores

    private struct Totals {
        /// How long it took to end, in seconds.
        var with: [StallingSink.Manner: [Double]] = [:]
        var without: [Double] = []
        var inTransfer = 0
        /// The one that took longest to end, and how long.
        var slowest: (seconds: Double, task: String) = (0, "none")
        var faults: [String] = []

        var ended: Int { with.values.reduce(without.count) { $0 + $1.count } }
    }

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        let totals = Mutex(Totals())
        let lateness = Lateness()
        let count = conditions.count(exits) * (share + 1) / share
        Threads.run(workers) { worker in
            for number in stride(from: worker, to: count, by: workers) {
                live(number, conditions.seed, totals)
            }
        }
        judge(totals.withLock { $0 }, count, late: lateness.end(), &findings)
    }

    private static func judge(
        _ totals: Totals, _ count: Int, late: Double, _ findings: inout Findings
    ) {
        let without = Times(totals.without)
        findings.note("processes with an emitter", totals.ended - totals.without.count)
        findings.note("in a transfer", totals.inTransfer)
        findings.note("without", totals.without.count)
        findings.note("ms to end (median / 99 % / all): without", without)
        for manner in StallingSink.Manner.allCases {
            let times = Times(totals.with[manner] ?? [])
            findings.note(manner.rawValue, times)
            compare(manner, times, without, late: late, &findings)
        }
        findings.note("slowest", totals.slowest.task)
        findings.note("ms that the machine was late", Text.rounded(late * 1000))
        findings.claimEqual("the number of ordinary ends", totals.ended, count)
        findings.claim(
            totals.inTransfer * 2 > totals.ended - totals.without.count,
            "only \(totals.inTransfer) ended in a transfer")
        totals.faults.prefix(5).forEach { fault in findings.claim(false, fault) }
    }

    private static func compare(
        _ manner: StallingSink.Manner, _ times: Times, _ without: Times, late: Double,
        _ findings: inout Findings
    ) {
        let patience = manner == .handshake ? tlsPatience : 0
        for (part, limit) in [(0.5, limit), (0.9, limit + patience), (0.99, limit + patience)] {
            let more = times.percentile(part) - without.percentile(part)
            findings.claim(
                more <= limit, "\(manner): percentile \(part) is \(more) s above, limit \(limit)")
        }
        // The longest of many may be the one that the machine has let wait.
        let most = limit + patience + max(without.worst, 4 * late)
        findings.claim(
            times.worst <= most, "\(manner): one took \(times.worst) s to end, limit \(most)")
    }

    private static func live(_ number: Int, _ seed: UInt64, _ totals: borrowing Mutex<Totals>) {
        var random = SeededRandom(seed: seed &+ UInt64(number))
        var task = ExitChild.Task()
        task.manner = random.pick(StallingSink.Manner.allCases)
        task.ending = random.pick(ExitChild.Ending.allCases)
        task.pause = random.below(pauseLimit)
        let sink = StallingSink(task.manner)
        let hasEmitter = number % (share + 1) != 0
        if hasEmitter { task.port = sink.port }
        let child = ChildRun(task.arguments)
        let seen = sink.end()
        let beganAt = Double(child.output.dropLast())
        totals.withLock { totals in
            guard child.status == 0, child.errors.isEmpty, let beganAt else {
                let status = child.status.map(String.init) ?? "none"
                totals.faults.append(
                    "\(task.arguments): status \(status), \(child.output)\(child.errors)")
                return
            }
            let seconds = child.endedAt - beganAt
            if hasEmitter {
                if seconds > totals.slowest.seconds {
                    totals.slowest = (seconds, task.arguments.joined(separator: " "))
                }
                totals.with[task.manner, default: []].append(seconds)
                totals.inTransfer += seen.bytes > 0 ? 1 : 0
            } else {
                totals.without.append(seconds)
            }
        }
    }
}
