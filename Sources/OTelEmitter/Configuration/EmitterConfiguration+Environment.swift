internal import Instruments

/// What the environment says of an emitter's options, by the rules of each variable (checklist D).
extension EmitterConfiguration {
    mutating func readInstruments(_ reader: inout EnvironmentReader) {
        temporality =
            reader.choice(
                .temporality,
                ["cumulative": .cumulative, "delta": .delta, "lowmemory": .lowMemory])
            ?? temporality
        histogramAggregation =
            reader.choice(
                .histogramAggregation,
                [
                    "explicit_bucket_histogram": .explicitBuckets(),
                    "base2_exponential_bucket_histogram": .exponentialBuckets(),
                ]) ?? histogramAggregation
        exemplarFilter =
            reader.choice(
                .exemplarFilter,
                ["always_on": .alwaysOn, "always_off": .alwaysOff, "trace_based": .traceBased])
            ?? exemplarFilter
    }

    mutating func readEndpoint(_ reader: inout EnvironmentReader) {
        let remedy = "use an absolute URL such as http://localhost:4318"
        if let text = reader.text(.metricsEndpoint) {
            if let exact = Endpoint(exactly: text) {
                endpoint = exact
                return
            }
            reader.reject(.metricsEndpoint, nil, remedy)
        }
        if let text = reader.text(.endpoint) {
            if let below = Endpoint(base: text) {
                endpoint = below
            } else {
                reader.reject(.endpoint, nil, remedy)
            }
        }
    }

    mutating func readTransport(_ reader: inout EnvironmentReader) {
        let compressions: KeyValuePairs<String, Compression> = ["gzip": .gzip, "none": .none]
        // A general variable is looked at only where it counts: it may suit another signal.
        compression =
            reader.choice(.metricsCompression, compressions)
            ?? reader.choice(.compression, compressions) ?? compression
        timeout =
            reader.milliseconds(.metricsTimeout) ?? reader.milliseconds(.timeout) ?? timeout
        let protocols: KeyValuePairs<String, Bool> = ["http/json": true]
        if reader.choice(.metricsProtocol, protocols) == nil {
            _ = reader.choice(.protocol, protocols)
        }
        let variable: EnvironmentVariable =
            reader.text(.metricsHeaders) == nil ? .headers : .metricsHeaders
        headers = HeaderList.parse(variable, &reader)
    }

    mutating func readResource(_ reader: inout EnvironmentReader) {
        var attributes = ResourceAttributeList.parse(&reader)
        if let name = reader.text(.serviceName) {
            attributes.append(Attribute("service.name", .string(name)))
        }
        resource = resource.merging(Resource(AttributeSet(attributes)))
    }

    static func defaultResource() -> Resource {
        let program = ProcessEnvironment.executableName().map { ":" + $0 } ?? ""
        var random = SystemRandomNumberGenerator()
        return Resource([
            "service.name": .string("unknown_service" + program),
            "service.instance.id": .string(RandomUUID.make(using: &random)),
            "telemetry.sdk.name": .string(Version.name),
            "telemetry.sdk.language": "swift",
            "telemetry.sdk.version": .string(Version.number),
        ])
    }
}
