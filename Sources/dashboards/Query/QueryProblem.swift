/// A query that would return nothing or nonsense: a mistake of who wrote it, found when the files
/// are generated.
struct QueryProblem: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
