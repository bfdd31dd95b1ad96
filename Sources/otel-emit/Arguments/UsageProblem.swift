/// What is wrong with a command line, in words for the person who typed it.
struct UsageProblem: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
