internal import Instruments
internal import JSONText

/// Attributes and descriptors. They are encoded when first used, and copied from then on.
extension ByteBuffer {
    /// `"attributes":[…]`, or nothing for the empty set.
    mutating func append(attributes set: AttributeSet) {
        guard !set.isEmpty else { return }
        append("\"attributes\":[")
        append(bytes: Self.rendering(of: set))
        append("]")
    }

    /// The encoded elements of the set's list. They stay in place as long as the set lives.
    ///
    /// - Parameter set: an autoclosure, evaluated again only if the set has to be encoded, which is
    ///   rare. In all other cases this avoids counting references.
    @inline(__always)
    static func rendering(of set: @autoclosure () -> AttributeSet) -> UnsafeRawBufferPointer {
        if let rendering = set().renderingInPlace { return rendering }
        return render(set())
    }

    /// `{"name":…,"description":…,"unit":…,"metadata":…`, without the closing brace, since the data
    /// follow.
    mutating func append(head descriptor: MetricDescriptor) {
        (descriptor.rendering ?? Self.render(descriptor)).withBytes { append(bytes: $0) }
    }

    @inline(never)
    private static func render(_ set: AttributeSet) -> UnsafeRawBufferPointer {
        var buffer = ByteBuffer(capacity: 256)
        buffer.append(list: set.attributes)
        _ = set.keepRendering(buffer.withBytes { RenderedBytes.copying($0) })
        return set.renderingInPlace ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    private static func render(_ descriptor: MetricDescriptor) -> RenderedBytes {
        var buffer = ByteBuffer(capacity: 256)
        buffer.append("{\"name\":")
        buffer.append(string: descriptor.name)
        if !descriptor.description.isEmpty {
            buffer.append(",\"description\":")
            buffer.append(string: descriptor.description)
        }
        if !descriptor.unit.isEmpty {
            buffer.append(",\"unit\":")
            buffer.append(string: descriptor.unit)
        }
        if !descriptor.metadata.isEmpty {
            buffer.append(",\"metadata\":[")
            buffer.append(list: descriptor.metadata.attributes)
            buffer.append("]")
        }
        return descriptor.keepRendering(buffer.withBytes { RenderedBytes.copying($0) })
    }

    mutating func append(list attributes: [Attribute]) {
        for (index, attribute) in attributes.enumerated() {
            append(index == 0 ? "{\"key\":" : ",{\"key\":")
            append(string: attribute.key)
            append(",\"value\":")
            append(value: attribute.value)
            append("}")
        }
    }

    /// Exactly one member, even if the value is zero or empty, since it is a `oneof` of the
    /// protocol. An empty value is `{}`.
    private mutating func append(value: AttributeValue) {
        switch value {
        case .string(let value):
            append("{\"stringValue\":")
            append(string: value)
        case .bool(let value):
            append(value ? "{\"boolValue\":true" : "{\"boolValue\":false")
        case .int(let value):
            append("{\"intValue\":\"")
            append(integer: value)
            append("\"")
        case .double(let value):
            append("{\"doubleValue\":")
            append(double: value)
        case .bytes(let value):
            append("{\"bytesValue\":")
            append(base64: value)
        case .array(let values):
            append("{\"arrayValue\":{")
            append(elements: values)
            append("}")
        case .map(let attributes):
            append("{\"kvlistValue\":{")
            if !attributes.isEmpty {
                append("\"values\":[")
                append(list: AttributeSet(attributes).attributes)
                append("]")
            }
            append("}")
        case .empty:
            append("{")
        }
        append("}")
    }

    private mutating func append(elements: [AttributeValue]) {
        guard !elements.isEmpty else { return }
        append("\"values\":[")
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            append(value: element)
        }
        append("]")
    }
}
