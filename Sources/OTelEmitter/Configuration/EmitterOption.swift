/// An option of an emitter: the variables that set it, how they are read, and how it is printed.
package struct EmitterOption: Sendable {
    /// Reads the variables, in the order in which they are listed.
    typealias Reading =
        @Sendable (inout EmitterConfiguration, inout EnvironmentReader, [EnvironmentVariable])
        -> Void
    typealias Printing = @Sendable (EmitterConfiguration) -> [ConfigurationSetting]

    /// The property of `EmitterConfiguration`, such as `timeout` or `spool.directory`; nil where
    /// variables set no option.
    package let name: String?
    /// In the order of precedence.
    package let variables: [EnvironmentVariable]
    /// What holds while a variable is unset, in the order of the variables.
    private let standards: @Sendable (EmitterConfiguration) -> [String]
    private let reading: Reading
    private let printing: Printing

    /// An option with a value of its own: the first variable that has a value sets it.
    init<Value: Sendable>(
        _ name: String, _ path: any WritableKeyPath<EmitterConfiguration, Value> & Sendable,
        _ format: OptionFormat<Value>, _ variables: [EnvironmentVariable] = []
    ) {
        self.name = name
        self.variables = variables
        standards = { Self.standards(variables, format, $0[keyPath: path]) }
        reading = { configuration, reader, variables in
            let value = reader.first(name, variables) { format.read(&$0, $1) }
            if let value { configuration[keyPath: path] = value }
        }
        printing = { [format.setting(name, $0[keyPath: path])] }
    }

    /// A limit of the spool, which exists only where there is a spool.
    init<Value: Sendable>(
        _ name: String, ofSpool path: any WritableKeyPath<SpoolOptions, Value> & Sendable,
        _ format: OptionFormat<Value>, _ variable: EnvironmentVariable
    ) {
        self.name = name
        variables = [variable]
        standards = { _ in
            Self.standards([variable], format, SpoolOptions(directory: "")[keyPath: path])
        }
        reading = { configuration, reader, variables in
            let value = reader.first(name, variables) { format.read(&$0, $1) }
            guard let value else { return }
            if configuration.spool == nil {
                reader.doubt(
                    variable, "there is no spool; set OTEL_SWIFT_SPOOL_DIRECTORY to have one")
            }
            configuration.spool?[keyPath: path] = value
        }
        printing = { configuration in
            configuration.spool.map { [format.setting(name, $0[keyPath: path])] } ?? []
        }
    }

    /// An option that only code can set.
    init(_ name: String, text: @escaping @Sendable (EmitterConfiguration) -> String) {
        self.init(name, [], unset: [], printing: { [ConfigurationSetting(name, text($0))] })
    }

    /// Variables with rules of their own.
    ///
    /// - Parameter standards: what holds while a variable is unset, in the order of the variables.
    init(
        _ name: String?, _ variables: [EnvironmentVariable], unset standards: [String],
        reading: @escaping Reading = { _, _, _ in }, printing: @escaping Printing = { _ in [] }
    ) {
        self.name = name
        self.variables = variables
        self.standards = { _ in standards }
        self.reading = reading
        self.printing = printing
    }

    private static func standards<Value>(
        _ variables: [EnvironmentVariable], _ format: OptionFormat<Value>, _ value: Value
    ) -> [String] {
        variables.indices.map { index in
            index < variables.count - 1 ? format.fallback : format.notation(value)
        }
    }

    /// Sets the option in a configuration to what the environment says.
    func read(into configuration: inout EmitterConfiguration, _ reader: inout EnvironmentReader) {
        reading(&configuration, &reader, variables)
    }

    /// What is printed of it: a line each.
    func settings(of configuration: EmitterConfiguration) -> [ConfigurationSetting] {
        printing(configuration)
    }

    /// What holds while a variable is unset, as README shows it, by variable.
    package var defaults: [(variable: EnvironmentVariable, text: String)] {
        Array(zip(variables, standards(EmitterConfiguration(environment: [:]))))
    }
}
