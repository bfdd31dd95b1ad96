/// What the command line asks for.
struct Options {
    private(set) var seed = UInt64.random(in: 0...UInt64(UInt32.max))
    private(set) var scale = 1.0
    private(set) var names: [String] = []

    enum Request {
        case usage
        case list
        case run(Options)
        case mistake(String)
    }

    static let usage = """
        usage: endurance [--seed N] [--scale FRACTION] [scenario…]

        Runs the scenarios named, or all, and prints what it saw in each.

          --seed N          the seed of all that is random (default: another one each time)
          --scale FRACTION  do this part of the work, above 0 and at most 1 (default 1)
          --list            print the scenarios and what each claims
          --help            print this text

        exit status: 0 all claims hold; 1 one is broken; 2 wrong usage
        """

    /// - Parameter known: the names of all scenarios.
    static func parse(_ arguments: [String], known: [String]) -> Request {
        var options = Options()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": return .usage
            case "--list": return .list
            case "--seed":
                guard let text = rest.popFirst(), let seed = UInt64(text) else {
                    return .mistake("--seed takes a whole number from 0 to \(UInt64.max)")
                }
                options.seed = seed
            case "--scale":
                guard let text = rest.popFirst(), let scale = Double(text), scale > 0, scale <= 1
                else { return .mistake("--scale takes a number above 0, at most 1") }
                options.scale = scale
            case _ where known.contains(argument): options.names.append(argument)
            default: return .mistake("there is no option or scenario \(argument)")
            }
        }
        return .run(options)
    }

    func selects(_ name: String) -> Bool { names.isEmpty || names.contains(name) }
}
