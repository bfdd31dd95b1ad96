import Glibc
import Measuring

/// What a telemetry worker whose endpoint hangs costs a node: rounds that are sealed in the same time
/// with and without one, in turns, in one run.
@main
struct Pace {
    private static let usage = """
        usage: pace [PROGRAM [SECONDS]]
        PROGRAM is a release build of rpp-node (default ../.build/release/rpp-node), SECONDS how long
        each of its runs goes (default 4).
        """
    private static let pairs = 5
    /// Milliseconds between snapshots: far fewer than a node has by default.
    private static let interval = 100
    /// How many times more rounds there may be without a worker.
    private static let aim = 1.2

    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let program = arguments.first ?? "../.build/release/rpp-node"
        let seconds = arguments.dropFirst().first.flatMap { Int($0) } ?? 4
        guard access(program, X_OK) == 0, (1...600).contains(seconds) else {
            print("\(program) is no program: swift build -c release --product rpp-node\n\(usage)")
            exit(2)
        }
        guard let hanging = LoopbackListener() else {
            print("no socket can be had")
            exit(2)
        }
        let worker = [
            "RPP_TELEMETRY_ENDPOINT=\(hanging.url)", "RPP_TELEMETRY_INTERVAL_MS=\(interval)",
        ]
        var (without, with): ([Int], [Int]) = ([], [])
        for _ in 0..<pairs {
            without.append(NodeRun.sealedRounds(program, seconds, []))
            with.append(NodeRun.sealedRounds(program, seconds, worker))
        }
        let ratio = Double(median(without)) / Double(max(median(with), 1))
        let shown = (ratio * 100).rounded() / 100
        print("rounds that a node seals in \(seconds) s: median of \(pairs) runs each, in turns")
        print("without a worker                               \(median(without))  \(without)")
        print("a snapshot every \(interval) ms to a server that hangs  \(median(with))  \(with)")
        print("ratio \(shown), at most \(aim)  \(ratio <= aim ? "met" : "MISSED")")
        exit(ratio <= aim ? 0 : 1)
    }

    private static func median(_ values: [Int]) -> Int { values.sorted()[values.count / 2] }
}
