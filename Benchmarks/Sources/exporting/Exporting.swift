import Glibc

/// What an export costs, beside what the machine and the libraries allow, in one run.
@main
struct Exporting {
    static func main() {
        var encoding = Encoding()
        encoding.measure()
        print("")
        Pages().measure()
        if CommandLine.arguments.contains("--encoding") { return }
        guard let collector = Collector() else {
            print("no collector: set OTELCOL, see collector-config/get-otelcol")
            exit(2)
        }
        if !Delivery(collector: collector, encoding: encoding).measure() { exit(1) }
    }
}

/// Lines of figures.
enum Table {
    static func show(_ name: String, _ value: Double, limit: Double? = nil) {
        var line = pad(name, 44) + round(value)
        if let limit {
            line += "  at most \(round(limit))  \(value <= limit ? "met" : "MISSED")"
        }
        print(line)
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    /// Three decimals, right-aligned.
    private static func round(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let text = "\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
        return pad("", 8 - text.count) + text
    }
}
