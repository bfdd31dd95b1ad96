/// How the emitter names itself to receivers (checklist B22, F2).
package enum Version {
    static let name = "otel-emitter"
    package static let number = "0.1.0"
    static let userAgent = "\(name)/\(number) (OTLP/JSON; Swift)"
}
