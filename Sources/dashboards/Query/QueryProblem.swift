/// A query that would return nothing or nonsense. It is a mistake of its author that is found when
/// the files are generated.
struct QueryProblem: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
