package edit

import (
	"fmt"
	"strings"
)

// grower writes TOML in every layout that a person might use, led by the bytes that the
// fuzzer hands it, so that inputs which are not TOML lead somewhere too.
type grower struct {
	choices []byte
	out     strings.Builder
	names   int
	end     string
}

func (g *grower) pick(n int) int {
	if len(g.choices) == 0 {
		return 0
	}
	c := int(g.choices[0])
	g.choices = g.choices[1:]
	return c % n
}

func (g *grower) any(texts ...string) string { return texts[g.pick(len(texts))] }

func (g *grower) name() string {
	g.names++
	return fmt.Sprintf(g.any("k%d", "\"tổ %d\"", "'a.%d'", "%d", "\"dài-hơn-nhiều-%d\""), g.names)
}

func (g *grower) gap() string { return g.any("", "", "\n", "# c\n", "\n\n# c\n\n", "  # c\n", " \n") }

func grow(choices []byte) []byte {
	g := &grower{choices: choices, end: "\n"}
	if g.pick(8) == 1 {
		g.end = "\r\n"
	}
	g.out.WriteString(g.any("", "", "", byteOrderMark))
	tables := []string{""}
	for len(g.choices) > 0 && g.out.Len() < 2000 {
		g.line(g.gap())
		switch g.pick(6) {
		case 0:
			name := g.name()
			if parent := tables[g.pick(len(tables))]; parent != "" {
				name = parent + "." + name
			}
			tables = append(tables, name)
			form := g.any("[%s]", "[%s] # h", "  [%s]", "[[%s]]", "[ %s ]")
			g.line(fmt.Sprintf(form, name) + "\n")
			if strings.HasPrefix(form, "[[") && g.pick(2) == 0 {
				g.line(g.gap() + fmt.Sprintf(form, name) + "\n")
			}
		case 1:
			name := g.name()
			for range 1 + g.pick(3) {
				g.key(name + g.any(".", " . ") + g.name())
			}
		default:
			g.key(g.name())
		}
	}
	text := g.out.String()
	if len(choices)%3 == 1 {
		text = strings.TrimRight(text, "\r\n")
	}
	return []byte(text)
}

func (g *grower) line(s string) { g.out.WriteString(strings.ReplaceAll(s, "\n", g.end)) }

func (g *grower) key(name string) {
	g.line(g.any("", "", "  ", "\t") + name + g.any(" = ", "=", "   = ", " =\t") + g.value(2) + g.any("\n", "\n", " # c\n", "  \n"))
}

func (g *grower) value(depth int) string {
	switch n := g.pick(12); {
	case n == 10 && depth > 0:
		return g.list("[", "]", func() string { return g.value(depth - 1) })
	case n == 11 && depth > 0:
		return g.list("{", "}", func() string {
			return g.name() + g.any("", "."+g.name()) + g.any(" = ", "=") + g.value(depth-1)
		})
	default:
		return [...]string{
			"1", "1_0", "-0.0", "true", "2019-11-15", "2019-11-15 08:30:00+07:00", `"a#\" b"`, `'a\ '`,
			"\"\"\"\na\n\n# b\n[c]\nd = 1\\\n  \"\"\"\"", "'''x\n\n'y'''", "inf", `""`,
		}[n]
	}
}

func (g *grower) list(opens, closes string, item func() string) string {
	var text strings.Builder
	text.WriteString(opens + g.any("", " ", "\n", "\n  ", " # c\n"))
	n := g.pick(4)
	for i := range n {
		text.WriteString(item())
		if i < n-1 || g.pick(3) == 0 {
			text.WriteString(g.any(",", ", ", ",\n", ", # c\n  ", "\n,", " # c\n , "))
		}
	}
	return text.String() + g.any("", " ", "\n", " # c\n", "\n # c\n  ") + closes
}
