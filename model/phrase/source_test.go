package phrase

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said collects the sentences of the program from its source: the literal
// formats given to Say, T and Count.
func said(t *testing.T) map[string]string {
	t.Helper()
	formats := map[string]string{}
	set := token.NewFileSet()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); strings.HasPrefix(name, ".") && name != ".." || name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				collect(t, set, node, formats)
			case *ast.ValueSpec:
				if file.Name.Name == "edit" {
					collectConstant(t, node, formats)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return formats
}

// collectConstant takes the sentences of package edit, which are constants.
func collectConstant(t *testing.T, spec *ast.ValueSpec, formats map[string]string) {
	t.Helper()
	name := spec.Names[0].Name
	if !strings.HasPrefix(name, "Message") && !strings.HasPrefix(name, "hint") || len(spec.Values) != 1 {
		return
	}
	if format, is := literal(t, spec.Values[0]); is {
		formats[format] = "model/edit"
	}
}

func collect(t *testing.T, set *token.FileSet, call *ast.CallExpr, formats map[string]string) {
	t.Helper()
	place := set.Position(call.Pos()).String()
	name, method := "", false
	switch function := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = function.Sel.Name
		from, is := function.X.(*ast.Ident)
		method = !is || from.Name != "phrase"
	case *ast.Ident:
		name = function.Name
	}
	argument := 0
	switch {
	case name == "Pick" && method:
		refuseTexts(t, place, call.Args)
		return
	case name == "Count" && len(call.Args) == 3:
		argument = 2
	case (name == "Say" || name == "T") && len(call.Args) > 0:
	default:
		return
	}
	if format, is := literal(t, call.Args[argument]); is {
		formats[format] = place
	} else if name != "Say" || !method { // a Sentence passed on to a Printer is fine; a computed format is not
		t.Errorf("%s: %s needs a literal, so that its translation can be checked", place, name)
	}
}

// literal is a text that stands in the source, over one line or several.
func literal(t *testing.T, expression ast.Expr) (text string, is bool) {
	t.Helper()
	switch of := expression.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(of.Value)
		if err != nil {
			t.Fatal(err)
		}
		return text, true
	case *ast.BinaryExpr:
		first, is := literal(t, of.X)
		second, also := literal(t, of.Y)
		return first + second, is && also && of.Op == token.ADD
	}
	return "", false
}

// refuseTexts keeps sentences out of Language.Pick, where no table knows them.
func refuseTexts(t *testing.T, place string, args []ast.Expr) {
	t.Helper()
	for _, arg := range args {
		ast.Inspect(arg, func(node ast.Node) bool {
			if literal, is := node.(*ast.BasicLit); is && text.MatchString(literal.Value) {
				t.Errorf("%s: %s is a text; say it with T, so that it stands in a table", place, literal.Value)
			}
			return true
		})
	}
}

// text is what names of files and locales are not: words beside each other, or letters with marks.
var text = regexp.MustCompile(`[^ -~]|[a-z] |[A-Z]{3}`)

var verb = regexp.MustCompile(`%(\[(\d+)\])?[-+ #0]*[\d.]*([a-zA-Z%])`)

// verbs lists the verbs of a format by the argument that each one takes.
func verbs(format string) []string {
	var out []string
	next := 1
	for _, match := range verb.FindAllStringSubmatch(format, -1) {
		if match[3] == "%" {
			continue
		}
		if match[2] != "" {
			next, _ = strconv.Atoi(match[2])
		}
		out = append(out, strconv.Itoa(next)+match[3])
		next++
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// allWords are the words of all tables, Vietnamese by English.
func allWords() map[string]string {
	all := map[string]string{}
	for _, words := range slices.Concat(tables[:]...) {
		all[words[0]] = words[1]
	}
	return all
}

func TestEverySentenceHasBothLanguages(t *testing.T) {
	formats := said(t)
	if len(formats) < 50 {
		t.Fatalf("only %d sentences found: the search itself is broken", len(formats))
	}
	words := allWords()
	for format, place := range formats {
		translated, ok := words[format]
		switch {
		case !ok:
			t.Errorf("%s: no Vietnamese for %q", place, format)
		case strings.TrimSpace(translated) == "" && strings.TrimSpace(format) != "":
			t.Errorf("%s: empty Vietnamese for %q", place, format)
		case !slices.Equal(verbs(format), verbs(translated)):
			t.Errorf("%s: verbs of %q and %q differ", place, format, translated)
		}
	}
	for format := range words {
		if _, used := formats[format]; !used {
			t.Errorf("nothing says %q any more: delete its translation", format)
		}
	}
}

// What tells two meanings of the same English words from each other is not said in either language.
func TestContextIsNotSaid(t *testing.T) {
	for format := range allWords() {
		sentence := Sentence{Format: format}
		for _, said := range []string{In(Vietnamese).Say(sentence), In(English).Say(sentence), sentence.String()} {
			if strings.Contains(said, "::") {
				t.Errorf("%q is said as %q", format, said)
			}
		}
	}
}

func TestNoSentenceStandsInTwoTables(t *testing.T) {
	if all, different := len(slices.Concat(tables[:]...)), len(allWords()); all != different {
		t.Errorf("the tables hold %d sentences, together only %d different ones", all, different)
	}
}
