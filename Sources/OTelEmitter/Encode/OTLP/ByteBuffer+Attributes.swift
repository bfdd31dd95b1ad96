internal import Instruments
internal import JSONText

/// Attributes and descriptors. They are encoded when first used, and copied from then on.
extension ByteBuffer {
    /// `"attributes":[…]`, or nothing for the empty set.
    mutating func append(attributes set: AttributeSet) {
        guard !set.isEmpty else { return }
        append("\"attributes\":[")
        let rendering = set.rendering(WireForm.json.renderingKey) ?? Self.render(set)
        rendering.withBytes { append(bytes: $0) }
        append("]")
    }

    /// `{"name":…,"description":…,"unit":…,"metadata":…`, without the closing brace, since the data
    /// follow.
    mutating func append(head descriptor: MetricDescriptor) {
        let rendering =
            descriptor.rendering(WireForm.json.renderingKey) ?? Self.render(descriptor)
        rendering.withBytes { append(bytes: $0) }
    }

    /// The elements of the list that a set is.
    @inline(never)
    fileprivate static func render(_ set: AttributeSet) -> RenderedBytes {
        var buffer = ByteBuffer(capacity: 256)
        buffer.append(list: set.attributes)
        return set.keepRendering(buffer.rendered())
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
        return descriptor.keepRendering(buffer.rendered())
    }

    private func rendered() -> RenderedBytes {
        withBytes { RenderedBytes.copying($0, WireForm.json.renderingKey) }
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

/// Finds the elements of the list that an attribute set is: they are kept with the set, or here
/// while they are needed if the set keeps those of another form.
struct AttributeRenderings: ~Copyable {
    /// What was made last.
    private var latest: RenderedBytes?

    /// In place until the next call, while the set lives.
    ///
    /// - Parameter set: evaluated again where the set is rendered, which is rare: so its references
    ///   need not be counted where it is not.
    @inline(__always)
    mutating func find(_ set: @autoclosure () -> AttributeSet) -> UnsafeRawBufferPointer {
        if let kept = set().renderingInPlace(WireForm.json.renderingKey) { return kept }
        return make(set())
    }

    @inline(never)
    private mutating func make(_ set: AttributeSet) -> UnsafeRawBufferPointer {
        let made = ByteBuffer.render(set)
        latest = made
        return made.inPlace
    }
}
