internal import JSONText

/// The values at which the colour of a number changes.
struct Marks {
    enum Colour: String {
        case green, yellow, orange, red
        case darkRed = "dark-red"
        case blue
        case grey = "text"
    }

    /// The colour below the first step.
    let base: Colour
    /// The steps in ascending order, each with the colour from there on.
    let steps: [(at: Amount, Colour)]
    /// Whether a graph shows them as lines.
    let areLines: Bool

    init(_ base: Colour, _ steps: (at: Amount, Colour)..., areLines: Bool = false) {
        self.base = base
        self.steps = steps
        self.areLines = areLines
    }

    /// For a value that is neither good nor bad.
    static let none = Marks(.blue)

    /// For a value that needs attention when it is above zero.
    static let nothing = Marks(.green, (.number(1), .red))

    func json(in quantity: Quantity) throws(QueryProblem) -> JSONValue {
        var all: [JSONValue] = [["color": .string(base.rawValue), "value": nil]]
        for step in steps {
            let value = JSONNumber(text: try step.at.text(in: quantity))
            all.append(["color": .string(step.1.rawValue), "value": .number(value)])
        }
        return ["mode": "absolute", "steps": .array(all)]
    }
}
