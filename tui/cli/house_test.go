package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// What a folder, a type and a line may hold. What is still over it has its own limit below, which goes only down.
const (
	maxFiles   = 25  // of a folder, tests apart
	maxMethods = 60  // of a type
	maxColumns = 120 // of a line, a tab counting as one
)

var (
	filesBeside = 14 // in the folder of the commands, beside their own: cmd_NAME.go
	methodsOver = map[string]int{
		"model/store.Store": 68,
	}
)

// The shape of the code can be held by numbers, as far as those go.
func TestHouseKeepsItsNumbers(t *testing.T) {
	files, methods := map[string]int{}, map[string]int{}
	for _, file := range sourceFiles(t) {
		if !strings.HasPrefix(filepath.Base(file.path), "cmd_") {
			files[file.folder]++
		}
		for _, declaration := range file.syntax.Decls {
			if function, is := declaration.(*ast.FuncDecl); is && function.Recv != nil {
				methods[file.folder+"."+receiver(function.Recv.List[0].Type)]++
			}
		}
		source, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file.path, "_words.go") { // each sentence stands on one line there
			continue
		}
		for i, line := range strings.Split(string(source), "\n") {
			if columns := utf8.RuneCountInString(line); columns > maxColumns {
				t.Errorf("%s:%d: %d columns, want at most %d", file.path, i+1, columns, maxColumns)
			}
		}
	}
	for folder, n := range files {
		limit := maxFiles
		if folder == "tui/cli" {
			limit = filesBeside
		}
		if n > limit {
			t.Errorf("%s: %d files, want at most %d: make a room below it", folder, n, limit)
		}
	}
	for name, n := range methods {
		if n > max(maxMethods, methodsOver[name]) {
			t.Errorf("%s: %d methods, want at most %d: let functions or a smaller type do it", name, n, max(maxMethods, methodsOver[name]))
		}
	}
	for name, limit := range methodsOver {
		if methods[name] < limit {
			t.Errorf("%s: %d methods now: lower its limit from %d, or take it away", name, methods[name], limit)
		}
	}
}

// receiver is the name of a method's type.
func receiver(of ast.Expr) string {
	switch of := of.(type) {
	case *ast.StarExpr:
		return receiver(of.X)
	case *ast.IndexExpr:
		return receiver(of.X)
	case *ast.Ident:
		return of.Name
	}
	return "?"
}

// A newcomer reads first what a package is for.
func TestPackagesHaveComments(t *testing.T) {
	commented := map[string]bool{}
	for _, file := range sourceFiles(t) {
		with, err := parser.ParseFile(token.NewFileSet(), file.path, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		commented[file.folder] = commented[file.folder] || with.Doc != nil
	}
	for folder, is := range commented {
		if !is {
			t.Errorf("%s: no comment says what the package is for", folder)
		}
	}
}

// What the screen starts ends with its session, so that no part of it makes a context of its own.
func TestScreenHasTheContextOfItsSession(t *testing.T) {
	outside := map[string]bool{"tui/cli": true, "tui/serve": true, "tui/visit": true} // where sessions are made
	for _, file := range sourceFiles(t) {
		if !strings.HasPrefix(file.folder, "tui") || outside[file.folder] {
			continue
		}
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			if selected, is := node.(*ast.SelectorExpr); is && (selected.Sel.Name == "Background" || selected.Sel.Name == "TODO") {
				if from, is := selected.X.(*ast.Ident); is && from.Name == "context" {
					t.Errorf("%s makes a context of its own: want that of the frame", file.path)
				}
			}
			return true
		})
	}
}

// Go runs the init functions of packages in the order of their paths: one that comes after Bubble Tea would let it ask
// the terminal for its colours first, and wait five seconds for one that does not answer.
func TestModulePathComesBeforeBubbleTea(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(string(source), "module "), "\n")
	if after := "github.com/charmbracelet/bubbletea"; path != module || path > after {
		t.Errorf("the module path is %q; want %q, or another one that sorts before %q", path, module, after)
	}
}
