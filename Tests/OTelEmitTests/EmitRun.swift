import Foundation
import TestSupport

/// A run of the program as a child process, and what it left behind.
struct EmitRun {
    /// Only a hang takes longer, however busy the machine is.
    static let limit = Duration.seconds(60)

    /// Nil if the program did not end by itself.
    let status: Int32?
    let output: [Substring]
    let errors: [Substring]

    /// - Parameter environment: all of its environment, but for the options of sanitizers.
    init(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws {
        try self.init(
            program: Self.program(), arguments, environment: environment, input: input)
    }

    /// The same by a program that runs this one.
    init(
        program: String, _ arguments: [String], environment: [String: String] = [:],
        input: String = ""
    ) throws {
        let folder = try TemporaryFolder()
        try folder.overwrite("in", with: Array(input.utf8))
        let child = try ChildProcess(
            program, arguments,
            environment: BuiltProgram.sanitizerOptions.merging(environment) { $1 },
            input: folder.file("in"), output: folder.file("out"), errors: folder.file("err"))
        status = child.ownStatus(within: Self.limit)
        child.end()
        output = Self.lines(try folder.bytes("out"))
        errors = Self.lines(try folder.bytes("err"))
    }

    static func program() throws -> String { try BuiltProgram.path(of: "otel-emit") }

    private static func lines(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// The word before a step of `check`, of the last section that has it.
    func outcome(_ step: String) -> Substring? {
        line(step)?.split(separator: " ").first
    }

    /// A step's line, of the last section that has it.
    func line(_ step: String) -> Substring? {
        output.last { $0.dropFirst(11).hasPrefix(step + " ") || $0.dropFirst(11) == step }
    }

    /// What to do about a step.
    func advice(_ step: String) -> Substring? {
        guard let line = line(step), let index = output.lastIndex(of: line),
            output.indices.contains(index + 1)
        else { return nil }
        let next = output[index + 1].drop { $0 == " " }
        return next.hasPrefix("-> ") ? next.dropFirst(3) : nil
    }
}
