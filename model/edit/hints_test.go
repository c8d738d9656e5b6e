package edit

import (
	"bytes"
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
	"sync"
	"testing"
)

// source is the package, without its tests.
var source = sync.OnceValue(func() (files []*ast.File) {
	names, _ := filepath.Glob("*.go")
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			panic(err)
		}
		files = append(files, file)
	}
	return files
})

// constants are the texts of the package that have a name.
var constants = sync.OnceValue(func() map[string]string {
	named := map[string]string{}
	for _, file := range source() {
		ast.Inspect(file, func(node ast.Node) bool {
			if spec, isValue := node.(*ast.ValueSpec); isValue && len(spec.Values) == 1 {
				if literal, isLiteral := spec.Values[0].(*ast.BasicLit); isLiteral && literal.Kind == token.STRING {
					named[spec.Names[0].Name], _ = strconv.Unquote(literal.Value)
				}
			}
			return true
		})
	}
	return named
})

// sentences are the constants whose names begin with a prefix, in order.
func sentences(prefix string) (list []string) {
	for name, value := range constants() {
		if strings.HasPrefix(name, prefix) {
			list = append(list, value)
		}
	}
	slices.Sort(list)
	return list
}

// No hint is made of anything but a constant.
func TestHintsAreConstants(t *testing.T) {
	for _, file := range source() {
		ast.Inspect(file, func(node ast.Node) bool {
			call, isCall := node.(*ast.CallExpr)
			if !isCall {
				return true
			}
			if name, isName := call.Fun.(*ast.Ident); isName && name.Name == "hintOf" {
				format, isName := call.Args[0].(*ast.Ident)
				if !isName || constants()[format.Name] == "" && format.Name != "format" {
					t.Errorf("a hint is made of %v, which is no constant", call.Args[0])
				}
			}
			return true
		})
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
	for _, text := range sources {
		src := []byte(text)
		for _, problem := Parse(src); problem != nil; _, problem = Parse(src) {
			problems = append(problems, problem)
			rest := without(src, problem)
			if bytes.Equal(rest, src) || problem.isLimit() {
				break
			}
			src = rest
		}
	}
	d, _ := Parse([]byte("a = 1\n"))
	problems = append(problems, decoderError("a", errors.New("no")), attach("a = 1\n", d.root, map[string]any{}))
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
	if got := slices.Sorted(maps.Keys(messages)); !slices.Equal(got, sentences("Message")) {
		t.Errorf("said only %q", got)
	}
	for _, h := range sentences("hint") {
		if !hints[h] {
			t.Errorf("nothing leads to %q", h)
		}
	}
}
