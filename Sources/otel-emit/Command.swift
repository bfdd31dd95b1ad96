internal import OTelEmitter

/// What the command line asks for.
enum Command {
    /// Only print this text.
    case text(String)
    case check(CheckCommand)
    case send(SendCommand)
    case spool(SpoolCommand)

    /// Parses the words after the program's name.
    init(parsing words: [String]) throws(UsageProblem) {
        guard let name = words.first else {
            throw UsageProblem("say what to do: check, send or spool; see --help")
        }
        let rest = Array(words.dropFirst())
        let isHelp = rest.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
        switch name {
        case "--help", "-h", "help": self = .text(HelpText.general)
        case "--version": self = .text("otel-emit \(Version.number)")
        case "check": self = isHelp ? .text(HelpText.check) : .check(try CheckCommand(rest))
        case "send": self = isHelp ? .text(HelpText.send) : .send(try SendCommand(rest))
        case "spool": self = isHelp ? .text(HelpText.spool) : .spool(try SpoolCommand(rest))
        default:
            throw UsageProblem("\"\(name)\" is not a command: use check, send or spool; see --help")
        }
    }
}
