import Glibc
import Instruments
import Testing

@testable import OTelEmitter

/// What an emitter told its operator.
final class ToldDiagnostics: Sendable {
    private let kept = Monitor<[EmitterDiagnostic]>([])

    func add(_ diagnostic: EmitterDiagnostic) { kept.change { $0.append(diagnostic) } }

    /// All that was told, once there are so many: they come from a thread of their own.
    func all(_ count: Int) -> [EmitterDiagnostic] {
        let deadline = (MonotonicTime.now() + .seconds(20)).nanoseconds
        return kept.wait(until: deadline) { $0.count >= count ? $0 : nil } ?? kept.change { $0 }
    }
}

/// An emitter that writes lines into a pipe; to the console unless told otherwise.
final class LineConsole: Sendable {
    let emitter: Emitter
    let told = ToldDiagnostics()
    private let input: Int32
    private let output: Int32

    init(
        isRead: Bool = true, configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        (input, output) = (isRead ? ends[0] : -1, ends[1])
        var configuration = EmitterConfiguration(
            environment: ["OTEL_METRICS_EXPORTER": "console"])
        configuration.consoleDescriptor = output
        configuration.exportInterval = .seconds(3600)
        configuration.diagnosticHandler = { [told] in told.add($0) }
        configure(&configuration)
        emitter = Emitter(configuration)
        if !isRead { close(ends[0]) }
    }

    deinit {
        // The emitter's thread may still look at the other end, so that stays open.
        close(input)
    }

    func count(series: Int) {
        let counter = emitter.meter("m").counter("c")
        for key in 0..<series { counter.add(1, ["key": .int(Int64(key))]) }
    }

    /// What waits in the pipe, as lines.
    func lines() -> [String] {
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }
}
