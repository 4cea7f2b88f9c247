import CasebookSimulation
import Foundation
import Testing

@testable import CasebookDocument

/// Shell texts and the tokens that they are cut into.
@Suite struct ShellScannerTests {
    /// `kind‹text›` for each token; a blank is `_`, a line end `⏎`, plain text stands as it is, and `kind( … )` is nested.
    private static func dump(_ code: String) -> String {
        let text = ShellText(Array(code.utf8))
        let tokens = text.tokens.map { token in
            let bytes = String(decoding: text.bytes(of: token), as: UTF8.self)
            switch token.kind {
            case .blank: return "_"
            case .lineEnd: return "⏎"
            case .text: return bytes
            case .open(let nesting): return "\(nesting)("
            case .close: return ")"
            case let kind: return "\(kind)‹\(bytes.replacing("\n", with: "⏎"))›"
            }
        }
        return tokens.joined(separator: " ") + (text.isWhole ? "" : " cut")
            + (text.unsureFrom == Int.max ? "" : " unsure \(text.unsureFrom)")
    }

    @Test(
        "a text is cut into tokens",
        arguments: [
            (
                "echo one 'two three' \"four\" five\\ six",
                "echo _ one _ singleQuotes( quoted‹two three› ) _ doubleQuotes( quoted‹four› ) _ five escape‹\\ › six"
            ),
            (
                "a;b&c&&d||e|f|&g",
                "a separator‹;› b background‹&› c condition‹&&› d condition‹||› e pipe‹|› f pipe‹|&› g"
            ),
            ("a#b # c\n#d", "a#b _ comment‹# c› ⏎ comment‹#d›"),
            ("echo a \\\n  b", "echo _ a _ continuation‹\\⏎› _ b"),
            (
                "echo $x ${y} \"$1 $?\" $$",
                "echo _ variable‹$x› _ braces( parameter‹y› ) _ doubleQuotes( variable‹$1› quoted‹ › variable‹$?› ) _ variable‹$$›"
            ),
            (
                "echo ${x#y} $# ${#x} ${x:-a # b} \"${x:-it's}\" \"${x#'}'}\" ${x:-\"}\"}",
                "echo _ braces( parameter‹x› braced‹#y› ) _ variable‹$#› _ braces( parameter‹#x› ) _ braces( parameter‹x› braced‹:-a # b› ) _ doubleQuotes( braces( parameter‹x› braced‹:-it› braced‹'s› ) ) _ doubleQuotes( braces( parameter‹x› braced‹#› singleQuotes( quoted‹}› ) ) ) _ braces( parameter‹x› braced‹:-› doubleQuotes( quoted‹}› ) )"
            ),
            (
                "x=$(date) y=`date` echo \"$(echo \"a)b\")\"",
                "x= substitution( date ) _ y= backticks( date ) _ echo _ doubleQuotes( substitution( echo _ doubleQuotes( quoted‹a)b› ) ) )"
            ),
            ("echo `a # b` c", "echo _ backticks( a _ comment‹# b› ) _ c"),
            ("echo `a \\`b\\` c`", "echo _ backticks( a _ backticks( b ) _ c )"),
            ("echo \"`a \"b\"`\"", "echo _ doubleQuotes( backticks( a _ doubleQuotes( quoted‹b› ) ) )"),
            (
                "echo $'it\\'s' $\"a\"",
                "echo _ codedQuotes( quoted‹it› codedEscape‹\\'› quoted‹s› ) _ doubleQuotes( quoted‹a› ) unsure 5"
            ),
            (
                "x=$(case $y in a|b) c;; (d) e;; esac; f)",
                "x= substitution( case _ variable‹$y› _ in _ a patternSign‹|› b patternSign‹)› _ c caseEnd‹;;› _ patternSign‹(› d patternSign‹)› _ e caseEnd‹;;› _ esac separator‹;› _ f )"
            ),
            (
                "case $x in\n  a) b;;\n  *)\n    c\nesac",
                "case _ variable‹$x› _ in ⏎ _ a patternSign‹)› _ b caseEnd‹;;› ⏎ _ * patternSign‹)› ⏎ _ c ⏎ esac"
            ),
            ("echo case x in a)", "echo _ case _ x _ in _ a stray‹)›"),
            (
                "((i = 1 << 2)); echo $((1 + (2)))\nfor ((i=0;i<n;i++)); do a; done",
                "arithmetic( formula‹i = 1 << 2› ) separator‹;› _ echo _ arithmetic( formula‹1 + › formula‹(› formula‹2› formula‹)› ) ⏎ for _ arithmetic( formula‹i=0;i<n;i++› ) separator‹;› _ do _ a separator‹;› _ done"
            ),
            ("((a); (b))", "group( group( a ) separator‹;› _ group( b ) )"),
            ("(( x\n1 << 3", "group( group( _ x ⏎ 1 _ input‹<<› _ 3 unsure 0"),
            ("$[1<<2] a", "arithmetic( formula‹1<<2› ) _ a"),
            ("(( x = $(a) ))", "arithmetic( formula‹ x = › substitution( a ) formula‹ › )"),
            (
                "cat <<A >b; c\n$x \\$y $(z)\nA\nd",
                "cat _ document‹<<› documentWord‹A› _ output‹>› b separator‹;› _ c document( variable‹$x› documentText‹ › documentText‹\\$› documentText‹y › substitution( z ) documentText‹⏎› ) ⏎ d"
            ),
            (
                "cat <<-'A' <<B\n\t$x\n\tA\n$y\nB\n",
                "cat _ document‹<<-› documentWord‹'A'› _ document‹<<› documentWord‹B› document( literalText‹\t$x› literalText‹⏎› ) document( variable‹$y› documentText‹⏎› ) ⏎"
            ),
            (
                "x=$(cat <<A\n)\nA\n)",
                "x= substitution( cat _ document‹<<› documentWord‹A› document( documentText‹)› documentText‹⏎› ) ⏎ )"
            ),
            (
                "cat <<A\n\\\nA\nA",
                "cat _ document‹<<› documentWord‹A› document( continuation‹\\⏎› documentText‹A› documentText‹⏎› )"
            ),
            (
                "echo $(cat <<A)\nb",
                "echo _ substitution( cat _ document‹<<› documentWord‹A› ) ⏎ b cut unsure 14"
            ),
            (
                "cat <<<\"$x\" <a 2>&1 >>b >|c &>d <>e <&3",
                "cat _ hereString‹<<<› doubleQuotes( variable‹$x› ) _ input‹<› a _ 2 output‹>&› 1 _ output‹>>› b _ output‹>|› c _ output‹&>› d _ input‹<>› e _ input‹<&› 3"
            ),
            (
                "diff <(a) >(b) ${x:-<(c)}",
                "diff _ process( a ) _ process( b ) _ braces( parameter‹x› braced‹:-› process( c ) )"
            ),
            (
                "a=(1 2) f() { b; }; ls @(a|b)",
                "a= list( 1 _ 2 ) _ f group( ) _ { _ b separator‹;› _ } separator‹;› _ ls _ @ list( a pipe‹|› b )"
            ),
            ("a ) b", "a _ stray‹)› _ b"),
            (
                "echo \"a\nb\" 'c\nd",
                "echo _ doubleQuotes( quoted‹a› quoted‹⏎› quoted‹b› ) _ singleQuotes( quoted‹c› quoted‹⏎› quoted‹d› cut unsure 11"
            ),
            ("${ a; }", "braces( braced‹ a; › ) cut unsure 2"),
            ("echo \"$(a ${b", "echo _ doubleQuotes( substitution( a _ braces( parameter‹b› cut unsure 5"),
            (
                "[[ a < b && $x =~ ^(a|b)$ ]]",
                "[[ _ a _ input‹<› _ b _ condition‹&&› _ variable‹$x› _ =~ _ ^ group( a pipe‹|› b ) $ _ ]]"
            ),
        ]
    )
    func tokens(_ code: String, _ expected: String) { #expect(Self.dump(code) == expected) }

    /// What a text may be made of.
    private static let pieces = [
        "a", "x=1", " ", " ", "\n", "\n", "\t", "\\", "\\\n", "'", "\"", "$", "$x", "${", "}", "${x:-",
        "${#x}", "$(",
        "(", ")", "((", "))", "$((", "$[", "]", "`", "\\`", "<", ">", "<(", ">(", "<<A", "<<-A", "<<'A'",
        "<<", "<<<",
        "\nA\n", "\n\tA\n", "A", "|", "|&", "&", "&&", "||", ";", ";;", "#", " # ", "$'", "$\"", "case x in ",
        "esac",
        "if ", "fi", "for x in", "done", "{ ", "é", "2>&1", "&>",
    ]

    @Test("tokens lie side by side, and a text is cut alike line by line", arguments: UInt64(0)..<40)
    func tiles(_ batch: UInt64) {
        for seed in (batch * 50)..<(batch * 50 + 50) {
            var generator = SeededGenerator(seed: seed)
            let code = (0..<Int.random(in: 1..<40, using: &generator)).map { _ in generator.pick(Self.pieces)
            }
            .joined()
            let text = ShellText(Array(code.utf8))
            var end = 0
            let isTiled = text.tokens.allSatisfy { token in
                defer { end = token.range.upperBound }
                return token.range.lowerBound == end && !token.range.isEmpty
            }
            #expect(isTiled && end == text.code.count, "seed \(seed): \(code)")
            let isLinked = text.tokens.enumerated().allSatisfy { index, token in
                guard case .open(let nesting) = token.kind else { return true }
                let isEnd = token.partner == text.tokens.count
                return token.partner > index
                    && (isEnd || text.tokens[token.partner].kind == .close(nesting) || !text.isWhole
                        || nesting == .group || nesting == .list)
            }
            #expect(isLinked, "seed \(seed): \(code)")
            var scanner = ShellScanner(keepsTokens: true, isLenient: false)
            let lines = text.code.split(separator: .lineFeed, omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where index + 1 < lines.count || !line.isEmpty {
                scanner.read(Array(line).span, hasEnd: index + 1 < lines.count)
            }
            scanner.finish()
            #expect(scanner.tokens == text.tokens, "seed \(seed): \(code)")
        }
    }

    @Test(
        "a text made to be slow is cut in bounded time",
        .timeLimit(.minutes(5)),
        arguments: [
            "$(", "\"$(", "${", "`", "\\`", "<<A ", "cat <<A\n", "$(cat <<A\n", "((", "$((", "$((a", "(",
            "((a) ", "'", "\"",
            "$'", "case x in ", "case x in a) ", "a[", "a[=", "<a> ", "<a>\n", "<<a>> ", "$x ", "{ ", "if ",
            "\\\n", "#",
            "a;", "a|", "<(", "bash -c '", "x=${y:-",
        ]
    )
    func hostile(_ piece: String) {
        let code = Array(String(repeating: piece, count: 20_000 / piece.utf8.count).utf8)
        let script = ShellScript(code)
        #expect(script.commands.count <= code.count)
        var open = OpenConstruct()
        for line in code.split(separator: .lineFeed) { open.read(line) }
    }
}
