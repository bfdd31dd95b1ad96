/// Where the sets of a closed type stand in their table: each at its own index.
struct ClosedLayout: Equatable {
    /// For each index, which of `placed` it is; -1 where there is none.
    private(set) var places: [Int32] = []
    /// The sets that have a place, by their position among all.
    private(set) var placed: [Int] = []
    /// What is wrong with the indices; nil if nothing is.
    private(set) var fault: String?

    /// - Parameters:
    ///   - indices: of all sets.
    ///   - range: those that are possible.
    init(_ indices: [Int], within range: Range<Int>) {
        var counts: [Int: Int] = [:]
        for index in indices { counts[index, default: 0] += 1 }
        let possible = counts.keys.filter(range.contains)
        places = Array(repeating: -1, count: (possible.max() ?? -1) + 1)
        for (position, index) in indices.enumerated() where counts[index] == 1 {
            // Several sets of one index can't be told apart when they are measured.
            guard range.contains(index) else { continue }
            places[index] = Int32(placed.count)
            placed.append(position)
        }
        let outside = counts.keys.filter { !range.contains($0) }
        let repeated = possible.filter { counts[$0] ?? 0 > 1 }
        let gap = places.indices.first { counts[$0] == nil }
        if let index = outside.min() {
            fault = "has the index \(index), which no table has: it is not measured"
        } else if let index = repeated.min() {
            fault = "has several sets of the index \(index): they are not measured"
        } else if let gap {
            fault = "has no set of the index \(gap), which costs room"
        }
    }
}
