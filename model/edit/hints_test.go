package edit

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sourceFiles parses the package, without its tests.
func sourceFiles(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// Messages and Hints list what the package can say: every constant that is made for it, and
// no hint is made of anything else.
func TestEverySentenceIsListed(t *testing.T) {
	constants := map[string]string{}
	for _, file := range sourceFiles(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			if spec, isValue := node.(*ast.ValueSpec); isValue && len(spec.Values) == 1 {
				if literal, isLiteral := spec.Values[0].(*ast.BasicLit); isLiteral && literal.Kind == token.STRING {
					constants[spec.Names[0].Name], _ = strconv.Unquote(literal.Value)
				}
			}
			return true
		})
	}
	for _, file := range sourceFiles(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			call, isCall := node.(*ast.CallExpr)
			if !isCall {
				return true
			}
			if name, isName := call.Fun.(*ast.Ident); isName && name.Name == "hintOf" {
				format, isName := call.Args[0].(*ast.Ident)
				if !isName || constants[format.Name] == "" && format.Name != "format" {
					t.Errorf("a hint is made of %v, which is no constant", call.Args[0])
				}
			}
			return true
		})
	}
	for prefix, list := range map[string][]string{"Message": Messages(), "hint": Hints()} {
		var want []string
		for name, value := range constants {
			if strings.HasPrefix(name, prefix) {
				want = append(want, value)
			}
		}
		slices.Sort(want)
		if got := slices.Sorted(slices.Values(list)); !slices.Equal(got, want) {
			t.Errorf("listed\n%q\nwant\n%q", got, want)
		}
	}
}

// Some file leads to every message and every hint. Two of them only a fault of the decoder
// or of the scanner can cause.
func TestEverySentenceIsSaid(t *testing.T) {
	sources := []string{"a = \"\\q\"\n", "a = 'x\n", "a.b = True\n", "p = {\n  a = 1\n  b = 2\n}\n"}
	for _, c := range parseCases {
		sources = append(sources, c.src)
	}
	for _, c := range hostileFiles() {
		sources = append(sources, c.src)
	}
	var problems []*Error
	for _, src := range sources {
		_, found := Parse([]byte(src))
		problems = append(problems, found...)
	}
	d, _ := Parse([]byte("a = 1\n"))
	problems = append(problems, decoderError("a", errors.New("no")))
	problems = attach("a = 1\n", d.root, map[string]any{}, problems)
	messages, hints := map[string]bool{}, map[string]bool{}
	for _, e := range problems {
		messages[e.Message] = true
		if hints[e.HintFormat] = true; e.Hint != fmt.Sprintf(e.HintFormat, e.HintArgs...) || strings.Contains(e.Hint, "%!") {
			t.Errorf("hint %q of %q and %v", e.Hint, e.HintFormat, e.HintArgs)
		}
		for _, arg := range e.HintArgs {
			switch arg.(type) {
			case string, int:
			default:
				t.Errorf("%s: an argument is of type %T", e.Hint, arg)
			}
		}
	}
	delete(hints, "")
	if got := slices.Sorted(maps.Keys(messages)); !slices.Equal(got, slices.Sorted(slices.Values(Messages()))) {
		t.Errorf("said only %q", got)
	}
	for _, h := range Hints() {
		if !hints[h] {
			t.Errorf("nothing leads to %q", h)
		}
	}
}
