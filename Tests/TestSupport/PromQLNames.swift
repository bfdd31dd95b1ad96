/// The names in a PromQL expression, found by a scanner that knows nothing of how it was built.
package struct PromQLNames: Equatable {
    package struct Matcher: Hashable {
        package let metric: String
        package let label: String
        /// The alternatives of the pattern.
        package let values: [String]

        package init(metric: String, label: String, values: [String]) {
            self.metric = metric
            self.label = label
            self.values = values
        }
    }

    package private(set) var metrics: Set<String> = []
    package private(set) var matchers: Set<Matcher> = []
    /// Labels of `by`, `on` and the like.
    package private(set) var grouping: Set<String> = []
    package private(set) var functions: Set<String> = []

    private static let groupers: Set = ["by", "without", "on", "ignoring", "group_left"]
    private static let operators: Set = ["and", "or", "unless", "bool", "offset"]
    private static let aggregations: Set = [
        "sum", "min", "max", "avg", "count", "quantile", "group",
    ]

    package init(_ expression: String) {
        var rest = expression[...]
        while let first = rest.first {
            guard Self.startsName(first) else {
                rest = first == "[" ? rest.drop { $0 != "]" } : Self.afterToken(rest)
                continue
            }
            let name = String(rest.prefix(while: Self.continuesName))
            rest = rest.dropFirst(name.count).drop { $0 == " " }
            if Self.groupers.contains(name) {
                let inside = rest.dropFirst().prefix { $0 != ")" }
                for label in inside.split(whereSeparator: { ", ".contains($0) }) {
                    grouping.insert(String(label))
                }
                rest = rest.dropFirst(inside.count + 2)
            } else if Self.aggregations.contains(name) || rest.first == "(" {
                if !Self.operators.contains(name) { functions.insert(name) }
            } else if !Self.operators.contains(name) {
                metrics.insert(name)
                if rest.first == "{" { rest = readMatchers(rest.dropFirst(), of: name) }
            }
        }
    }

    /// Reads `a="b",c=~"d|e"}`; what stands in the quotes has no quotes itself.
    private mutating func readMatchers(_ text: Substring, of metric: String) -> Substring {
        var rest = text
        while let first = rest.first, first != "}" {
            let label = rest.prefix(while: Self.continuesName)
            rest = rest.dropFirst(label.count).drop { $0 != "\"" }.dropFirst()
            let value = rest.prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count + 1).drop { $0 == "," || $0 == " " }
            matchers.insert(
                Matcher(
                    metric: metric, label: String(label),
                    values: value.split(separator: "|").map(String.init)))
        }
        return rest.dropFirst()
    }

    /// Without the number or the sign at its start: digits and letters in one go, so that no
    /// exponent is taken for a name.
    private static func afterToken(_ text: Substring) -> Substring {
        guard text.first?.isNumber == true else { return text.dropFirst() }
        return text.drop { continuesName($0) || $0 == "." }
    }

    private static func startsName(_ character: Character) -> Bool {
        character.isLetter || character == "_" || character == ":"
    }

    private static func continuesName(_ character: Character) -> Bool {
        startsName(character) || character.isNumber
    }
}
