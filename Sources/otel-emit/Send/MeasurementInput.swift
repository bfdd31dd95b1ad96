internal import Glibc
internal import OTelEmitter
internal import OTelEmitterTools

/// Reads measurements from standard input, one for each line, and records those that are valid.
struct MeasurementInput {
    /// The number of bad lines that are reported one by one.
    static let toldLimit = 100
    private static let pieceBytes = 1 << 16
    /// The time after which progress is shown although no input has arrived, in milliseconds.
    private static let patience: Int32 = 1000

    private let defaults: MeasurementLine.Defaults
    private var progress: ProgressLine
    private let tell: (String) -> Void
    private var counts = Counts()

    private struct Counts {
        var lines = 0
        var recorded = 0
        var bad = 0

        var summary: String { "\(lines) lines read, \(recorded) recorded, \(bad) bad" }
    }

    init(
        defaults: MeasurementLine.Defaults, progress: ProgressLine,
        tell: @escaping (String) -> Void = { OutputStream.standardError.printLine($0) }
    ) {
        self.defaults = defaults
        self.progress = progress
        self.tell = tell
    }

    /// Reads to the end. Returns the number of bad lines; an error of reading counts as one.
    mutating func read(
        from descriptor: Int32 = STDIN_FILENO, into recorder: inout MeasurementRecorder
    ) -> Int {
        var splitter = LineSplitter()
        var buffer = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = wait(descriptor) ? Glibc.read(descriptor, &buffer, buffer.count) : 0
            if count < 0, errno == EINTR { continue }
            if count < 0 {
                counts.bad += 1
                tell("otel-emit: standard input can't be read: \(String(cString: strerror(errno)))")
            }
            guard count > 0 else { break }
            splitter.feed(buffer[..<count]) { take($0, &recorder) }
            tellProgress()
        }
        splitter.end { take($0, &recorder) }
        progress.end()
        if counts.bad > Self.toldLimit {
            tell("otel-emit: \(counts.bad - Self.toldLimit) further bad lines are not shown")
        }
        return counts.bad
    }

    private mutating func tellProgress() {
        let counts = counts
        progress.update { counts.summary }
    }

    /// Waits for input or its end. Returns whether the descriptor can be read.
    private mutating func wait(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let found = poll(&entry, 1, Self.patience)
            if found > 0 || (found < 0 && errno != EINTR) { return true }
            tellProgress()
        }
    }

    private mutating func take(_ line: LineSplitter.Line, _ recorder: inout MeasurementRecorder) {
        counts.lines += 1
        do throws(Measurement.Problem) {
            switch line {
            case .tooLong:
                throw Measurement.Problem("longer than \(LineSplitter.lineByteLimit) bytes")
            case .text(let bytes):
                let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
                if isBlank { return }
                try recorder.record(try MeasurementLine.parse(bytes, defaults))
                counts.recorded += 1
            }
        } catch {
            counts.bad += 1
            if counts.bad <= Self.toldLimit { tell("otel-emit: line \(counts.lines): \(error)") }
        }
    }
}
