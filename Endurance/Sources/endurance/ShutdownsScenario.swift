import OTelEmitter
import Synchronization

/// An emitter's whole life, ten thousand times over: made, recorded with, shut down.
enum ShutdownsScenario {
    static let scenario = Scenario(
        name: "shutdowns",
        claim: "add(1), then shutdown() delivers that 1 in 10,000 of 10,000 runs, also amid an"
            + " export, and leaves nothing behind",
        run: run)

    /// Runs at full scale.
    private static let runs = 10_000
    /// Runs of each worker before memory is looked at for the first time.
    private static let warmUp = 100
    private static let workers = Process.cores * 2
    /// What memory may grow by from there on: 4 MiB.
    private static let budget = 4 << 20
    /// The part of the runs amid an export in which the machine may have been too slow to show it.
    private static let slowShare = 10

    private struct Totals {
        var runs = 0
        var delivered = 0
        var amidExport = 0
        var severalRequests = 0
        var faults: [String] = []

        mutating func count(_ run: ShutdownRun) {
            delivered += run.report.totals.delivered
            amidExport += run.isAmidExport ? 1 : 0
            severalRequests += run.tally.requests > 1 ? 1 : 0
            if let fault = run.fault { faults.append(fault) } else { runs += 1 }
        }
    }

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        let totals = Mutex(Totals())
        let sinks = (0..<workers).map { _ in CountingSink() }
        let work = { @Sendable (runs: Range<Int>) in
            Threads.run(workers) { worker in
                for run in runs where run % workers == worker {
                    let life = ShutdownRun(run, moment(run), sinks[worker], conditions.seed)
                    totals.withLock { $0.count(life) }
                }
            }
        }
        let (threads, descriptors) = (Process.threads, Process.descriptors)
        let count = max(conditions.count(runs), 2 * workers)
        let warm = min(warmUp * workers, count / 2)
        work(0..<warm)
        // The first emitters have made what the process keeps.
        let keptThreads = Process.settled({ Process.threads }, to: threads)
        let kept = Process.settled({ Process.descriptors }, to: descriptors)
        let before = Process.residentBytes
        work(warm..<count)
        findings.claimFlat(from: before, to: Process.residentBytes, budget: budget)
        findings.claimEqual(
            "the number of threads", Process.settled({ Process.threads }, to: keptThreads),
            keptThreads)
        findings.claimEqual(
            "the number of descriptors", Process.settled({ Process.descriptors }, to: kept), kept)
        judge(totals.withLock { $0 }, count, sinks, &findings)
        sinks.forEach { $0.end() }
    }

    private static func judge(
        _ totals: Totals, _ count: Int, _ sinks: [CountingSink], _ findings: inout Findings
    ) {
        let received = sinks.reduce(0) { $0 + $1.points }
        findings.note("runs", "\(totals.runs) of \(count)")
        findings.note("delivered points", totals.delivered)
        findings.note("received", received)
        findings.note("shut down amid an export", totals.amidExport)
        findings.note("with several requests", totals.severalRequests)
        findings.claimEqual("the number of runs that kept all", totals.runs, count)
        findings.claimEqual("what the sinks received", received, totals.delivered)
        findings.claimEqual("requests that came late", sinks.reduce(0) { $0 + $1.strays }, 0)
        let amid = (0..<count).count { moment($0) == .amidExport }
        findings.claim(
            totals.amidExport >= amid - amid / slowShare,
            "of \(amid) shutdowns amid an export only \(totals.amidExport) were")
        totals.faults.prefix(5).forEach { fault in findings.claim(false, fault) }
    }

    private static func moment(_ run: Int) -> ShutdownRun.Moment {
        ShutdownRun.Moment.allCases[run / workers % ShutdownRun.Moment.allCases.count]
    }
}
