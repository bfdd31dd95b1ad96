/// The command line of `dashboards`.
enum Arguments: Equatable {
    case help
    case write(folder: String)
    case check(folder: String)

    /// What is wrong with a command line, in words for the person who typed it.
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    static let helpText = """
        usage: dashboards --output FOLDER | --check FOLDER | --help

        Generates Grafana dashboards and Prometheus rules from the catalogue of instruments, so that
        they name what the node emits and nothing else.

          --output FOLDER   write FOLDER/dashboards/*.json and FOLDER/rules/{recording,alerts}.yaml
          --check FOLDER    compare them with what is there, and name those that differ
          --help            print this

        In the repository FOLDER is collector-config.

        exit status: 0 done, or nothing differs; 1 something differs or can't be written; 64 the
        command line makes no sense
        """

    /// Parses the words after the program's name.
    init(parsing words: [String]) throws(Problem) {
        switch (words.first, words.dropFirst().first, words.count) {
        case ("--help", nil, _), ("-h", nil, _): self = .help
        case ("--output", let folder?, 2) where !folder.isEmpty: self = .write(folder: folder)
        case ("--check", let folder?, 2) where !folder.isEmpty: self = .check(folder: folder)
        default: throw Problem(description: "say --output FOLDER or --check FOLDER; see --help")
        }
    }
}
