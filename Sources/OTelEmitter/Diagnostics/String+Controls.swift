extension String {
    /// The text with spaces in place of control characters, which could forge lines or control a
    /// terminal.
    package var withoutControls: String {
        var text = ""
        for scalar in unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            text.unicodeScalars.append(isControl ? " " : scalar)
        }
        return text
    }
}
