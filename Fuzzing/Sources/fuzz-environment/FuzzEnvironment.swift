@testable import OTelEmitter

/// Whatever stands in the environment: each line is a variable's number, as one byte, and its
/// value.
///
/// Each value goes through all parsers; a whole configuration, which also looks at the process, is
/// made of one input in sixteen.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEnvironment(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 0 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let variables = EnvironmentVariable.allCases
    var environment: [String: String] = [:]
    for line in input.split(separator: 0x0A) {
        let variable = variables[Int(line[line.startIndex]) % variables.count]
        let value = String(decoding: line.dropFirst(), as: UTF8.self)
        environment[variable.rawValue] = value
        parse(value, of: variable)
    }
    if count % 16 == 0 { configure(environment) }
    return 0
}

private func parse(_ value: String, of variable: EnvironmentVariable) {
    var reader = EnvironmentReader([variable.rawValue: value])
    _ = reader.boolean(variable)
    if let time = reader.milliseconds(variable) { precondition(time >= .zero) }
    _ = reader.choice(variable, ["gzip": 1, "none": 2])
    for header in HeaderList.parse(variable, &reader) { precondition(!header.name.isEmpty) }
    for endpoint in [Endpoint(exactly: value), Endpoint(base: value)] {
        guard let endpoint else { continue }
        precondition(!endpoint.url.isEmpty && !endpoint.description.isEmpty)
    }
    var resources = EnvironmentReader(["OTEL_RESOURCE_ATTRIBUTES": value])
    _ = ResourceAttributeList.parse("OTEL_RESOURCE_ATTRIBUTES", &resources)
    for problem in reader.problems + resources.problems {
        precondition(!problem.description.isEmpty)
    }
}

private func configure(_ environment: [String: String]) {
    let configuration = EmitterConfiguration(environment: environment)
    precondition(configuration.exportInterval >= .milliseconds(1))
    precondition(configuration.timeout >= .zero)
    precondition(!configuration.effectiveText.isEmpty)
    for problem in configuration.problems { precondition(!problem.description.isEmpty) }
}
