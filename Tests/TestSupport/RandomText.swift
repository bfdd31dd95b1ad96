/// Texts that a hostile peer or an odd configuration may hold.
package enum RandomText {
    private static let parts: [String] = [
        "a", "Z", "9", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "ü", "漢", "👩‍👩‍👧",
        "\u{2028}", "\u{FFFD}", "</script>", " ",
    ]

    package static func make(
        upTo length: Int, using random: inout some RandomNumberGenerator
    ) -> String {
        (0..<Int.random(in: 0...length, using: &random)).map { _ in
            parts.randomElement(using: &random) ?? ""
        }.joined()
    }
}
