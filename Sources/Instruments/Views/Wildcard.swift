/// Patterns with `*` and `?`.
enum Wildcard {
    /// Whether the whole text fits the pattern; takes at most text × pattern steps.
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let (text, pattern) = (Array(text.unicodeScalars), Array(pattern.unicodeScalars))
        var (position, place) = (0, 0)
        var (star, resume): (Int?, Int) = (nil, 0)
        while position < text.count {
            if place < pattern.count, pattern[place] == "*" {
                (star, resume) = (place, position)
                place += 1
            } else if place < pattern.count,
                pattern[place] == "?" || pattern[place] == text[position]
            {
                position += 1
                place += 1
            } else if let last = star {
                // The last star takes one character more.
                resume += 1
                (position, place) = (resume, last + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
