internal import Instruments

/// What the environment says of an emitter's options, by the rules of each variable (checklist D).
extension EmitterConfiguration {
    /// The values that the variables of the emitter have in the process's environment, without
    /// those that are unset. Call it where no other thread calls `setenv`.
    public static func processEnvironment() -> [String: String] {
        ProcessEnvironment.read(EnvironmentVariable.allCases.map(\.rawValue))
    }

    /// True if the environment names a configuration file. Such files are not supported, and the
    /// specification forbids to look at other variables then: nothing is exported.
    mutating func readConfigurationFile(_ reader: inout EnvironmentReader) -> Bool {
        let variables: [EnvironmentVariable] = [.configFile, .experimentalConfigFile]
        guard let variable = variables.first(where: { reader.text($0) != nil }) else {
            return false
        }
        reader.reject(
            variable, reader.text(variable),
            "configuration files are not supported; nothing is exported and no other variable is"
                + " read until it is unset")
        isExportEnabled = false
        reader.note("isExportEnabled", variable)
        return true
    }

    mutating func readInstruments(_ reader: inout EnvironmentReader) {
        temporality =
            reader.first("temporality", .temporality) {
                $0.choice(
                    $1, ["cumulative": .cumulative, "delta": .delta, "lowmemory": .lowMemory])
            } ?? temporality
        histogramAggregation =
            reader.first("histogramAggregation", .histogramAggregation) {
                $0.choice(
                    $1,
                    [
                        "explicit_bucket_histogram": .explicitBuckets(),
                        "base2_exponential_bucket_histogram": .exponentialBuckets(),
                    ])
            } ?? histogramAggregation
        exemplarFilter =
            reader.first("exemplarFilter", .exemplarFilter) {
                $0.choice(
                    $1,
                    [
                        "always_on": .alwaysOn, "always_off": .alwaysOff,
                        "trace_based": .traceBased,
                    ])
            } ?? exemplarFilter
    }

    mutating func readTransport(_ reader: inout EnvironmentReader) {
        compression =
            reader.first("compression", .metricsCompression, .compression) {
                $0.choice($1, ["gzip": .gzip, "none": .none])
            } ?? compression
        timeout =
            reader.first("timeout", .metricsTimeout, .timeout) { $0.milliseconds($1) } ?? timeout
        _ = reader.first("protocol", .metricsProtocol, .protocol) {
            $0.choice($1, ["http/json": true])
        }
        let variable: EnvironmentVariable =
            reader.text(.metricsHeaders) == nil ? .headers : .metricsHeaders
        headers = HeaderList.parse(variable, &reader)
        if !headers.isEmpty { reader.note("headers", variable) }
    }

    /// What the emitter does beyond the specification.
    mutating func readReliability(_ reader: inout EnvironmentReader) {
        let levels: KeyValuePairs<String, DiagnosticLevel> = [
            "none": .none, "error": .error, "warn": .warning, "warning": .warning, "info": .info,
            "debug": .debug, "trace": .trace,
        ]
        logLevel = reader.first("logLevel", .logLevel) { $0.choice($1, levels) } ?? logLevel
        isSelfObserved =
            reader.first("isSelfObserved", .selfMetrics) { $0.boolean($1) } ?? isSelfObserved
        spool = Self.readSpool(&reader)
    }

    private static func readSpool(_ reader: inout EnvironmentReader) -> SpoolOptions? {
        let bytes = reader.first("spool.byteLimit", .spoolMaximumBytes) {
            $0.integer($1, in: 1...Int.max, unit: "bytes")
        }
        let age = reader.first("spool.ageLimit", .spoolMaximumAge) {
            $0.milliseconds($1, in: 1...SpoolOptions.longestAge)
        }
        guard
            let directory = reader.first("spool.directory", .spoolDirectory, read: { $0.text($1) })
        else {
            let parts: [(EnvironmentVariable, Bool)] = [
                (.spoolMaximumBytes, bytes != nil), (.spoolMaximumAge, age != nil),
            ]
            for (variable, isSet) in parts where isSet {
                reader.doubt(
                    variable, "there is no spool; set OTEL_SWIFT_SPOOL_DIRECTORY to have one")
            }
            return nil
        }
        var spool = SpoolOptions(directory: directory)
        spool.byteLimit = bytes ?? spool.byteLimit
        spool.ageLimit = age ?? spool.ageLimit
        return spool
    }
}
