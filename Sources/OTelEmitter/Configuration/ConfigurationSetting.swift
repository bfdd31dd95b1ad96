/// An option's name and value as texts.
struct ConfigurationSetting {
    let name: String
    /// Without secrets, on one line.
    let shown: String
    /// Differs whenever the value does; may hold secrets.
    let exact: String

    init(_ name: String, _ value: String, exact: String? = nil) {
        self.name = name
        shown = value.onOneLine
        self.exact = exact ?? value
    }
}
