/// The name and version that the emitter reports to receivers.
package enum Version {
    static let name = "otel-emitter"
    package static let number = "0.1.0"
    static let userAgent = "\(name)/\(number) (OTLP/JSON; Swift)"
}
