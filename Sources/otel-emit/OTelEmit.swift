internal import Glibc

/// The command for operators. It does what an emitter with this environment would do.
@main
enum OTelEmit {
    static func main() {
        // If the reader of the output goes away, the failing write shows it.
        signal(SIGPIPE, SIG_IGN)
        let command: Command
        do throws(UsageProblem) {
            command = try Command(parsing: Array(CommandLine.arguments.dropFirst()))
        } catch {
            OutputStream.standardError.printLine("otel-emit: \(error)")
            exit(ExitStatus.usage.rawValue)
        }
        exit(run(command).rawValue)
    }

    private static func run(_ command: Command) -> ExitStatus {
        let output = OutputStream.standardOutput
        let isGood =
            switch command {
            case .text(let text): output.printLine(text)
            case .check(let command): command.run()
            case .send(let command): command.run()
            case .spool(let command): command.run()
            }
        return isGood ? .good : .failure
    }
}

/// How the program ends.
enum ExitStatus: Int32 {
    case good = 0
    /// Something failed, was invalid, was lost or was not sent, or standard output could not be
    /// written.
    case failure = 1
    /// The command line is invalid (`EX_USAGE` of sysexits.h).
    case usage = 64
}
