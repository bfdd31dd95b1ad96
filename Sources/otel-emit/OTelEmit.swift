internal import Glibc

/// The operators' command: what an emitter of this environment would do, tried out.
@main
enum OTelEmit {
    static func main() {
        // A reader that goes away is noticed by the write that fails.
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
    /// Something failed, was bad, lost or not sent, or standard output could not be written.
    case failure = 1
    /// The command line makes no sense (EX_USAGE of sysexits.h).
    case usage = 64
}
