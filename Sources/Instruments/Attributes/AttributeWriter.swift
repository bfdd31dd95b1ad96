/// Takes the attributes of one measurement, without allocating memory for them.
///
///     requests.add(1) {
///         $0.set("http.route", route)
///         $0.set("http.response.status_code", 200)
///     }
///
/// Of attributes with the same key the last one wins; the order does not matter. More than eight
/// attributes, or more than a kilobyte of them, are possible and slower.
public struct AttributeWriter: ~Copyable {
    private var scratch: AttributeScratch
    /// What has no room in the scratch, with all that came before.
    private var list: [Attribute]?

    init(_ scratch: AttributeScratch) {
        self.scratch = scratch
    }

    /// Sets an attribute to a text.
    public mutating func set(_ key: String, _ value: String) {
        if list != nil || !scratch.append(key, value) { keep(key, .string(value)) }
    }

    /// Sets an attribute to an integer.
    public mutating func set(_ key: String, _ value: Int) {
        set(key, AttributeValue.int(Int64(value)))
    }

    /// Sets an attribute to true or false.
    public mutating func set(_ key: String, _ value: Bool) {
        set(key, AttributeValue.bool(value))
    }

    /// Sets an attribute to a double.
    public mutating func set(_ key: String, _ value: Double) {
        set(key, AttributeValue.double(value))
    }

    /// Sets an attribute to any value. Arrays and maps are copied.
    public mutating func set(_ key: String, _ value: AttributeValue) {
        if list != nil || !scratch.append(key, value) { keep(key, value) }
    }

    private mutating func keep(_ key: String, _ value: AttributeValue) {
        list = (list ?? scratch.attributes) + [Attribute(key, value)]
    }

    /// What to look up; nil if the general path has to be taken.
    var lookup: AttributeScratch? { list == nil ? scratch : nil }

    /// The attributes as a set.
    var attributeSet: AttributeSet { list.map { AttributeSet($0) } ?? scratch.attributeSet }
}
