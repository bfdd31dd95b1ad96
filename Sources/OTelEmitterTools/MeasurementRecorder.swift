internal import Instruments
package import OTelEmitter

/// Records measurements from outside into instruments of an emitter, each made when its name first
/// occurs. Used by one thread.
package struct MeasurementRecorder {
    /// Names that are taken, at most.
    package static let nameLimit = 10_000

    private enum Instrument {
        case counter(Counter<Int>)
        case counterOfDoubles(Counter<Double>)
        case gauge(Gauge<Int>)
        case gaugeOfDoubles(Gauge<Double>)
        case histogram(Histogram<Double>)
    }

    private struct Entry {
        let kind: Measurement.Kind
        let unit: String
        let instrument: Instrument
    }

    private let meter: Meter
    private var entries: [String: Entry] = [:]

    /// - Parameter scope: the name of the instrumentation scope.
    package init(_ emitter: Emitter, scope: String) {
        meter = emitter.meter(scope)
    }

    /// Records it, or throws and records nothing.
    package mutating func record(_ measurement: Measurement) throws(Measurement.Problem) {
        try measurement.check()
        let entry = try entry(for: measurement)
        let attributes = AttributeSet(
            measurement.attributes.map { Attribute($0.key, AttributeValue($0.value)) })
        switch entry.instrument {
        case .counter(let counter): counter.add(try integer(measurement), attributes)
        case .counterOfDoubles(let counter): counter.add(try double(measurement), attributes)
        case .gauge(let gauge): gauge.record(try integer(measurement), attributes)
        case .gaugeOfDoubles(let gauge): gauge.record(try double(measurement), attributes)
        case .histogram(let histogram): histogram.record(try double(measurement), attributes)
        }
    }

    private mutating func entry(
        for measurement: Measurement
    ) throws(Measurement.Problem) -> Entry {
        // Names that differ by case alone are those of one instrument.
        let key = measurement.name.lowercased()
        if let known = entries[key] {
            guard known.kind == measurement.kind, known.unit == measurement.unit else {
                let unit = known.unit.isEmpty ? "without unit" : "with the unit \(known.unit)"
                throw Measurement.Problem(
                    "\(measurement.name) was a \(known.kind) \(unit) before")
            }
            return known
        }
        guard entries.count < Self.nameLimit else {
            throw Measurement.Problem("more than \(Self.nameLimit) names")
        }
        let made = Entry(
            kind: measurement.kind, unit: measurement.unit, instrument: try make(measurement))
        entries[key] = made
        return made
    }

    private func make(_ measurement: Measurement) throws(Measurement.Problem) -> Instrument {
        let (name, unit) = (measurement.name, measurement.unit)
        switch (measurement.kind, measurement.amount) {
        case (.counter, .integer): return .counter(meter.counter(name, unit: unit))
        case (.counter, .double):
            return .counterOfDoubles(meter.counter(name, unit: unit, of: Double.self))
        case (.gauge, .integer): return .gauge(meter.gauge(name, unit: unit, of: Int.self))
        case (.gauge, .double): return .gaugeOfDoubles(meter.gauge(name, unit: unit))
        case (.histogram, _): return .histogram(meter.histogram(name, unit: unit))
        case (let kind, _):
            throw Measurement.Problem("the kind must be counter, gauge or histogram, not \(kind)")
        }
    }

    /// The first value of a name decides whether it is of integers.
    private func integer(_ measurement: Measurement) throws(Measurement.Problem) -> Int {
        switch measurement.amount {
        case .integer(let integer): return integer
        case .double(let double):
            if let integer = Int(exactly: double) { return integer }
            throw Measurement.Problem(
                "\(measurement.name) began with an integer and can't take \(double); write its"
                    + " first value with a decimal point")
        }
    }

    private func double(_ measurement: Measurement) throws(Measurement.Problem) -> Double {
        switch measurement.amount {
        case .double(let double): return double
        case .integer(let integer):
            if let double = Double(exactly: integer) { return double }
            throw Measurement.Problem(
                "\(measurement.name) has decimal places and can't hold \(integer) exactly")
        }
    }
}

extension AttributeValue {
    fileprivate init(_ value: Measurement.Value) {
        switch value {
        case .string(let text): self = .string(text)
        case .bool(let flag): self = .bool(flag)
        case .integer(let integer): self = .int(integer)
        case .double(let double): self = .double(double)
        }
    }
}
