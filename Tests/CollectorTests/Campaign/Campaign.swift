import Foundation
import TestSupport

@testable import OTelEmitter

/// What the campaigns share: the child that emits, its spool, and how long all goes on.
final class Campaign {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("otel-emitter-test-\(UUID().uuidString)").path
    let seed: UInt64
    var random: SeededRandom

    /// - Parameter name: what is printed with the seed. `OTEL_EMITTER_SEED` repeats a campaign.
    init(_ name: String) throws {
        let chosen = ProcessInfo.processInfo.environment["OTEL_EMITTER_SEED"].flatMap { UInt64($0) }
        seed = chosen ?? UInt64.random(in: 0...9999)
        random = SeededRandom(seed: seed)
        print("\(name): OTEL_EMITTER_SEED=\(seed)")
        try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var spool: String { folder + "/spool" }

    /// What the child printed.
    var output: String { folder + "/output" }

    /// A whole number from the environment, for longer campaigns than the usual ones.
    static func setting(_ variable: String, usually: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? usually
    }

    /// Starts the program of `Tests/EmitterChild`, which is built beside the tests.
    func startChild(_ endpoint: String, interval: Int, compression: String) throws -> ChildProcess {
        try ChildProcess(
            BuiltProgram.path(of: "emitter-child"),
            [endpoint, spool, String(interval), compression], output: output)
    }

    /// Lets a random time pass.
    func pass(milliseconds: ClosedRange<Int>) {
        let time = Duration.milliseconds(Int.random(in: milliseconds, using: &random))
        _ = eventually(within: time) { false }
    }

    /// The files in the spool that hold batches.
    var spooledFiles: [String] {
        let all = FileManager.default.enumerator(atPath: spool)?.allObjects as? [String] ?? []
        return all.filter { SpoolName(($0 as NSString).lastPathComponent) != nil }
    }

    /// The data points on disk, of a spool that nobody uses.
    func spooledPoints() throws -> [OTLPPoint] {
        try spooledFiles.flatMap { file in
            let bytes = Program.bytes(of: spool + "/" + file)
            guard let name = SpoolName((file as NSString).lastPathComponent),
                case .batch(let batch) = SpoolFormat.decode(bytes, name),
                let body = batch.plainBody
            else { throw SystemError(text: "\(file) of \(bytes.count) bytes is damaged") }
            return try OTLPPoint.all(inRequest: body)
        }
    }
}
