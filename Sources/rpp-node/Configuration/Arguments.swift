internal import RPPTelemetry

/// The command line of `rpp-node`.
struct Arguments: Equatable, Sendable {
    /// What is wrong with a command line, in words for the person who typed it.
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    var configuration = NodeConfiguration()
    var snapshotPath: String?
    var ledgerPath: String?
    var mode = NodeMode.node
    var wantsHelp = false

    static let help = """
        usage: rpp-node [options]
          --seconds N          run for N seconds, 1 to 86400 (default 15)
          --rounds N           end earlier, once N rounds have ended
          --seed K             seed of identities, genesis and driver (default 1)
          --linger-seconds L   keep serving for L seconds afterwards, or until SIGTERM, so that the
                               values can still be read, 0 to 86400 (default 0)
          --snapshot FILE      write the telemetry snapshot to FILE at the end
          --ledger FILE        write the node's own tally to FILE at the end
          --rpc-port P         serve RPC on 127.0.0.1:P; 0, the default, takes any free port. The
                               same port serves /metrics for Prometheus, /telemetry and /healthz
          --validators N       validators in this process, 1 to 16 (default 4)
          --stop-validators M  stop the last M of them from the start (default 0)
          --faulty-validators F
                               let the last F of the running ones vote twice, send garbage and
                               bad proofs, and greet under false names (default 0)
          --round-interval-ms I
                               time from the start of one round to the start of the next, if
                               the first one seals, 1 to 60000 (default 100)
          --data-dir DIR       keep the storage files in DIR (default: a temporary directory that is
                               removed at the end)
          --mode MODE          what the node calls itself in its telemetry: node, wallet, hybrid or
                               validator (default node)
          --without-network    run one validator alone, without a mesh
          --help               print this
        """

    /// Parses the words after the program's name.
    init(parsing words: some Sequence<String>) throws(Problem) {
        var rest = words.makeIterator()
        while let option = rest.next() {
            switch option {
            case "--help": wantsHelp = true
            case "--without-network": configuration.isWithoutNetwork = true
            case "--snapshot": snapshotPath = try Self.path(option, rest.next())
            case "--ledger": ledgerPath = try Self.path(option, rest.next())
            case "--data-dir": configuration.dataDirectory = try Self.path(option, rest.next())
            case "--mode": mode = try Self.mode(option, rest.next())
            case "--seconds":
                let range = NodeConfiguration.secondsRange
                configuration.duration = .seconds(try Self.number(option, rest.next(), in: range))
            case "--linger-seconds":
                let range = NodeConfiguration.lingerRange
                configuration.linger = .seconds(try Self.number(option, rest.next(), in: range))
            case "--rounds":
                let range = NodeConfiguration.roundsRange
                configuration.roundLimit = try Self.number(option, rest.next(), in: range)
            case "--seed":
                configuration.seed = try Self.number(option, rest.next(), in: 0...UInt64.max)
            case "--rpc-port":
                configuration.rpcPort = try Self.number(option, rest.next(), in: 0...UInt16.max)
            case "--validators":
                configuration.validators = try Self.number(
                    option, rest.next(), in: NodeConfiguration.validatorRange)
            case "--stop-validators":
                let most = NodeConfiguration.validatorRange.upperBound - 1
                configuration.stoppedValidators = try Self.number(
                    option, rest.next(), in: 0...most)
            case "--faulty-validators":
                let most = NodeConfiguration.validatorRange.upperBound - 1
                configuration.faultyValidators = try Self.number(
                    option, rest.next(), in: 0...most)
            case "--round-interval-ms":
                let range = NodeConfiguration.intervalRange
                configuration.roundInterval = .milliseconds(
                    try Self.number(option, rest.next(), in: range))
            default:
                throw Problem(description: "unknown option \(option); see --help")
            }
        }
        try check()
    }

    private mutating func check() throws(Problem) {
        if configuration.isWithoutNetwork {
            guard configuration.stoppedValidators == 0 else {
                throw Problem(description: "--without-network has no validators to stop")
            }
            configuration.validators = 1
        }
        guard configuration.stoppedValidators < configuration.validators else {
            throw Problem(
                description: "--stop-validators \(configuration.stoppedValidators): must be less "
                    + "than the \(configuration.validators) of --validators, because the first "
                    + "one is the node itself")
        }
        try checkFaults()
    }

    private func checkFaults() throws(Problem) {
        let others = configuration.validators - configuration.stoppedValidators - 1
        guard configuration.faultyValidators <= others else {
            throw Problem(
                description: "--faulty-validators \(configuration.faultyValidators): must be at "
                    + "most \(others), the validators that run beside the node itself")
        }
    }

    private static func mode(_ option: String, _ word: String?) throws(Problem) -> NodeMode {
        let wanted = NodeMode.allCases.map(\.rawValue).joined(separator: ", ")
        guard let mode = word.flatMap(NodeMode.init) else {
            throw Problem(description: "\(option) \(word ?? ""): must be one of \(wanted)")
        }
        return mode
    }

    private static func path(_ option: String, _ word: String?) throws(Problem) -> String {
        guard let word, !word.isEmpty, !word.hasPrefix("--") else {
            throw Problem(description: "\(option) needs a path")
        }
        return word
    }

    private static func number<Number: FixedWidthInteger>(
        _ option: String, _ word: String?, in range: ClosedRange<Number>
    ) throws(Problem) -> Number {
        let wanted = "a number from \(range.lowerBound) to \(range.upperBound)"
        guard let word else { throw Problem(description: "\(option) needs \(wanted)") }
        guard let number = Number(word), range.contains(number) else {
            throw Problem(description: "\(option) \(word): must be \(wanted)")
        }
        return number
    }
}
