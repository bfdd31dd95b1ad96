@testable import OTelEmitter

/// Whatever stands in the environment: each line is a variable's number, as one byte, and its value.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEnvironment(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 0 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let variables = EnvironmentVariable.allCases
    var environment: [String: String] = [:]
    for line in input.split(separator: 0x0A) {
        let variable = variables[Int(line[line.startIndex]) % variables.count]
        environment[variable.rawValue] = String(decoding: line.dropFirst(), as: UTF8.self)
    }
    let configuration = EmitterConfiguration(environment: environment)
    precondition(configuration.exportInterval >= .milliseconds(1))
    precondition(configuration.timeout >= .zero)
    precondition(!configuration.effectiveText.isEmpty)
    for problem in configuration.problems { precondition(!problem.description.isEmpty) }
    return 0
}
