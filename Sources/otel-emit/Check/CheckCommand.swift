internal import OTelEmitter
internal import OTelEmitterTools

/// `otel-emit check`
struct CheckCommand: Equatable {
    /// The timeout if the emitter itself would wait forever.
    static let longestTimeout = Duration.seconds(10)

    var sendsCanary = true
    var timeout: Duration?

    init(_ words: [String]) throws(UsageProblem) {
        var reader = ArgumentReader(words)
        while let word = try reader.next() {
            switch word {
            case .option("--canary"): sendsCanary = true
            case .option("--no-canary"): sendsCanary = false
            case .option("--timeout"): timeout = try reader.timeout("--timeout")
            case .option(let other), .value(let other):
                throw UsageProblem("check does not know \"\(other)\"; see otel-emit check --help")
            }
        }
    }

    /// Runs the command. Returns false if something failed or could not be printed.
    func run() -> Bool {
        let configuration = EmitterConfiguration()
        var text = CheckText()
        text.add(configuration)
        // Prints what is already known, because the network may hang.
        guard OutputStream.standardOutput.printLine(text.take()) else { return false }
        for (title, endpoint) in endpoints(configuration) {
            let probe = EndpointProbe(configuration, sendsCanary: sendsCanary)
            let limit = timeout ?? Self.timeout(of: configuration)
            text.add(title, probe.run(endpoint, timeout: limit))
            guard OutputStream.standardOutput.printLine(text.take()) else { return false }
        }
        return OutputStream.standardOutput.printLine(text.conclusion) && text.failures == 0
    }

    /// The endpoints to try. An endpoint that is not used is not tried.
    private func endpoints(_ configuration: EmitterConfiguration) -> [(String, Endpoint)] {
        guard configuration.isExportEnabled, configuration.exporter == .otlp else { return [] }
        return Array(zip(["endpoint", "failover endpoint"], configuration.endpoints))
    }

    /// The longest time that an attempt of the emitter itself may take.
    private static func timeout(of configuration: EmitterConfiguration) -> Duration {
        let limits = [configuration.timeout, configuration.exportTimeout].filter { $0 > .zero }
        return limits.min() ?? longestTimeout
    }
}
