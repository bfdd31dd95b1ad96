internal import OTelEmitter
internal import OTelEmitterTools

extension SendCommand {
    /// The options as they were given.
    private struct Options {
        var values: [String] = []
        var readsInput = false
        var kind: Measurement.Kind?
        var unit: String?
        var attributes: [(key: String, value: Measurement.Value)] = []
        var scope = SendCommand.defaultScope
        var timeout = SendCommand.defaultTimeout
        var tellsProgress = false
    }

    init(_ words: [String]) throws(UsageProblem) {
        let options = try Self.read(words)
        source = options.readsInput ? .standardInput : .arguments(try Self.measurement(options))
        if options.readsInput, let extra = options.values.first {
            throw UsageProblem(
                "with --stdin all measurements come from the input, not \"\(extra)\"")
        }
        defaults = MeasurementLine.Defaults(
            kind: options.kind, unit: options.unit, attributes: options.attributes)
        scope = options.scope
        timeout = options.timeout
        tellsProgress = options.tellsProgress
    }

    private static func read(_ words: [String]) throws(UsageProblem) -> Options {
        var options = Options()
        var reader = ArgumentReader(words)
        while let word = try reader.next() {
            switch word {
            case .value(let value): options.values.append(value)
            case .option("--stdin"): options.readsInput = true
            case .option("--progress"): options.tellsProgress = true
            case .option("--kind"): options.kind = try kind(&reader)
            case .option("--unit"): options.unit = try reader.value(of: "--unit", "a unit")
            case .option("--attr"): try addAttribute(&reader, to: &options.attributes)
            case .option("--scope"): options.scope = try reader.value(of: "--scope", "a name")
            case .option("--timeout"): options.timeout = try reader.timeout("--timeout")
            case .option(let other):
                throw UsageProblem("send does not know \"\(other)\"; see otel-emit send --help")
            }
        }
        return options
    }

    private static func measurement(_ options: Options) throws(UsageProblem) -> Measurement {
        guard options.values.count == 2 else {
            throw UsageProblem(
                "send needs NAME and VALUE, or --stdin; see otel-emit send --help")
        }
        guard let amount = NumberText.amount(options.values[1]) else {
            throw UsageProblem(
                "the value \"\(Measurement.shown(options.values[1]))\" must be an integer of 64 bits"
                    + " or a decimal number, such as 3 or 0.25")
        }
        guard let kind = options.kind else {
            throw UsageProblem("send needs --kind counter, gauge or histogram")
        }
        return Measurement(
            options.values[0], amount, kind: kind, unit: options.unit ?? "",
            attributes: options.attributes)
    }

    private static func kind(_ reader: inout ArgumentReader) throws(UsageProblem)
        -> Measurement.Kind
    {
        let wanted = "counter, gauge or histogram"
        let text = try reader.value(of: "--kind", wanted)
        guard let kind = Measurement.kind(text) else {
            throw UsageProblem("--kind \(text): must be \(wanted)")
        }
        return kind
    }

    private static func addAttribute(
        _ reader: inout ArgumentReader,
        to attributes: inout [(key: String, value: Measurement.Value)]
    ) throws(UsageProblem) {
        let text = try reader.value(of: "--attr", "KEY=VALUE")
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw UsageProblem("--attr \(text): must be KEY=VALUE")
        }
        let key = String(text[..<equals])
        guard !attributes.contains(where: { $0.key == key }) else {
            throw UsageProblem("--attr \(key) is given twice")
        }
        attributes.append((key, .string(String(text[text.index(after: equals)...]))))
    }
}
