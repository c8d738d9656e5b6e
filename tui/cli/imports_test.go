package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "example.org/tiendo"

// sourceFile is one Go file that is not a test, with its package below the module.
type sourceFile struct {
	path, folder string
	syntax       *ast.File
}

func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	root := filepath.Join("..", "..")
	set := token.NewFileSet()
	var files []sourceFile
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == "testdata" || strings.HasPrefix(name, ".") && name != ".." {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		syntax, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		files = append(files, sourceFile{path, filepath.ToSlash(folder), syntax})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// leaves are the packages of the screen that every tab may use.
func leaves() []string {
	return []string{"tui/browse", "tui/event", "tui/form", "tui/frame", "tui/keys", "tui/lang", "tui/layout", "tui/live", "tui/terminal", "tui/terminal/quiet", "tui/theme"}
}

func tabs() []string {
	return []string{"tui/goals", "tui/messages", "tui/activities", "tui/reports", "tui/changes"}
}

// mayImport says whether a package of ours may import another one of ours. Whatever
// it does not know is refused, so that a new package gets its place here.
func mayImport(from, to string) bool {
	in := func(list []string, more ...string) bool {
		return slices.Contains(append(list, more...), to)
	}
	switch from {
	case ".":
		return in([]string{"tui/cli", "tui/terminal/quiet"})
	case "tui/cli":
		return true
	case "tui/cli/doctor":
		return in([]string{"model/history", "model/store"}, "model", "model/text")
	case "tui/cli/demo":
		return in([]string{"model"})
	case "model", "model/edit", "model/text":
		return false
	case "model/merge":
		return in([]string{"model", "model/edit", "model/text"})
	case "model/store":
		return in([]string{"model", "model/edit", "model/merge", "model/text"})
	case "model/history", "model/report":
		return in([]string{"model", "model/text"})
	case "tui/serve":
		return in([]string{"tui/lang", "tui/terminal"}, "model", "model/text")
	case "tui":
		return in(append(leaves(), tabs()...), "model", "model/text")
	}
	if slices.Contains(tabs(), from) {
		return in(leaves(), "model", "model/text")
	}
	if slices.Contains(leaves(), from) {
		return in(leaves(), "model", "model/text")
	}
	return false
}

func TestImportsGoOneWay(t *testing.T) {
	files := sourceFiles(t)
	if len(files) < 40 {
		t.Fatalf("only %d files found: the search itself is broken", len(files))
	}
	for _, file := range files {
		for _, spec := range file.syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			to, ours := strings.CutPrefix(path, module+"/")
			if ours && !mayImport(file.folder, to) {
				t.Errorf("%s: %s may not import %s", file.path, file.folder, to)
			}
		}
	}
}

// TestModelUsesTheStandardLibraryOnly keeps the rules free of terminals, files of
// others' formats and everything else that could decide about them.
func TestModelUsesTheStandardLibraryOnly(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if file.folder != "model" {
			continue
		}
		for _, spec := range file.syntax.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
				t.Errorf("%s imports %s", file.path, path)
			}
			if path == "os" || strings.HasPrefix(path, "os/") || path == "io" || path == "net" {
				t.Errorf("%s imports %s: the model does no input or output", file.path, path)
			}
		}
	}
}

func TestOnlyMainExits(t *testing.T) {
	exits := 0
	for _, file := range sourceFiles(t) {
		ast.Inspect(file.syntax, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			name, ok := selector.X.(*ast.Ident)
			if !ok {
				return true
			}
			switch called := name.Name + "." + selector.Sel.Name; called {
			case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "syscall.Exit":
				exits++
				if file.folder != "." {
					t.Errorf("%s calls %s", file.path, called)
				}
			}
			return true
		})
	}
	if exits != 1 {
		t.Errorf("%d calls end the process; want the one of main.go", exits)
	}
}
