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

// parts are what tabs are built from; these packages may import one another.
var parts = []string{
	"tui/browse", "tui/entryform", "tui/event", "tui/form", "tui/frame", "tui/keys", "tui/lang", "tui/layout", "tui/live",
	"tui/planform", "tui/terminal", "tui/terminal/quiet", "tui/theme",
}

// tabs are the packages of the tabs. No tab imports another one.
var tabs = []string{"tui/goals", "tui/messages", "tui/activities", "tui/reports", "tui/changes", "tui/roster"}

// everything is the row of a package that may import all others.
var everything = []string{"*"}

// mayImport says which packages of ours each package of ours may import. A package
// without a row may import none and may not exist: a new one gets its row here.
var mayImport = rules(map[string][]string{
	".":                                {"tui/cli", "tui/terminal/quiet"},
	"model/phrase":                     {},
	"model/edit":                       {},
	"model/text":                       {},
	"model/machine":                    {"model/text"},
	"model/calendar":                   {"model/phrase"},
	"model/field":                      {"model/calendar", "model/phrase"},
	"model/field/fieldtest":            {"model/calendar", "model/field"},
	"model/document":                   {"model/calendar", "model/phrase"},
	"model/duty":                       {"model/calendar", "model/phrase"},
	"model/sums":                       {"model/phrase"},
	"model/sshkey":                     {"model/phrase"},
	"model":                            {"model/calendar", "model/document", "model/duty", "model/field", "model/phrase", "model/sums"},
	"model/figures":                    {"model", "model/sums", "model/phrase"},
	"model/review":                     {"model", "model/calendar", "model/document", "model/duty", "model/field", "model/sums", "model/phrase"},
	"model/merge":                      {"model/edit", "model/text", "model/phrase"},
	"model/report":                     {"model", "model/calendar", "model/document", "model/duty", "model/field", "model/figures", "model/sums", "model/text", "model/phrase"},
	"model/durable":                    {},
	"model/agenda":                     {"model", "model/calendar", "model/phrase"},
	"model/part":                       {"model", "model/calendar", "model/edit", "model/field", "model/sums", "model/text", "model/phrase"},
	"model/decode":                     {"model", "model/calendar", "model/document", "model/duty", "model/edit", "model/field", "model/text", "model/sshkey", "model/sums", "model/phrase"},
	"model/store":                      {"model", "model/calendar", "model/duty", "model/decode", "model/review", "model/edit", "model/field", "model/part", "model/durable", "model/machine", "model/merge", "model/text", "model/sums", "model/document", "model/phrase"},
	"model/history":                    {"model", "model/calendar", "model/history/gitfiles", "model/history/gitrun", "model/history/trouble", "model/review", "model/durable", "model/machine", "model/text", "model/phrase"},
	"model/history/gitfiles":           {"model/durable", "model/machine"},
	"model/history/gitrun":             {"model/machine", "model/phrase", "model/text"},
	"model/history/trouble":            {"model/text", "model/phrase"},
	"model/workspace":                  {"model", "model/agenda", "model/calendar", "model/importer", "model/importer/source", "model/merge", "model/store", "model/history", "model/decode", "model/report", "model/review", "model/edit", "model/durable", "model/text", "model/phrase"},
	"model/importer":                   {"model/calendar", "model/edit", "model/importer/source", "model/text", "model/phrase"},
	"model/importer/source":            {"model/text", "model/phrase"},
	"model/importer/source/sourcetest": {},
	"model/choices":                    {"model/durable", "model/edit", "model/text", "model/phrase"},
	"model/doctor":                     {"model", "model/choices", "model/calendar", "model/machine", "model/store", "model/history", "model/text", "model/phrase"},
	"model/demo":                       {"model", "model/calendar", "model/decode", "model/duty", "model/field", "model/text", "model/phrase"},
	"tui/visit":                        {"model", "model/calendar", "model/durable", "model/text", "model/phrase", "tui/live", "tui/terminal"},
	"tui/serve":                        {"model", "model/calendar", "model/durable", "model/text", "model/phrase", "tui/lang", "tui/terminal", "tui/visit"},
	"tui/show":                         {"model", "model/agenda", "model/calendar", "model/duty", "model/field", "model/figures", "model/importer", "model/part", "model/review", "model/sums", "model/text", "model/phrase", "tui/lang", "tui/layout"},
	"tui/help":                         {"model/phrase", "tui/layout"},
	"tui/cli":                          everything,
	"tui/cli/man":                      {"model/phrase", "tui/cli", "tui/help"},
	"tui/endtoend":                     {},
	"tui/terminal/terminaltest":        {},
	"tui/frame/frametest":              slices.Concat(parts, belowScreen, []string{"model/store"}),
	"tui":                              slices.Concat(parts, tabs, belowScreen),
})

// belowScreen is what tabs and what they are built from may import of the model.
var belowScreen = []string{"model", "model/agenda", "model/calendar", "model/choices", "model/document", "model/duty", "model/field", "model/figures",
	"model/part", "model/review", "model/sshkey", "model/sums", "model/text", "model/phrase"}

// rules adds the rows of the tabs and of what they are built from.
func rules(rows map[string][]string) map[string][]string {
	for _, folder := range slices.Concat(parts, tabs) {
		rows[folder] = slices.Concat(parts, belowScreen)
	}
	rows["tui/reports"] = append(rows["tui/reports"], "model/report")
	return rows
}

func TestImportsGoOneWay(t *testing.T) {
	files := sourceFiles(t)
	if len(files) < 40 {
		t.Fatalf("only %d files found: the search itself is broken", len(files))
	}
	folders := map[string]bool{}
	for _, file := range files {
		row, known := mayImport[file.folder]
		if !known {
			t.Errorf("%s: %s has no row in the table of imports", file.path, file.folder)
			continue
		}
		folders[file.folder] = true
		for _, spec := range file.syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			to, ours := strings.CutPrefix(path, module+"/")
			if ours && !slices.Contains(row, to) && !slices.Equal(row, everything) {
				t.Errorf("%s: %s may not import %s", file.path, file.folder, to)
			}
		}
	}
	for folder := range mayImport {
		if !folders[folder] {
			t.Errorf("%s has a row in the table of imports and no file", folder)
		}
	}
}

// TestModelUsesTheStandardLibraryOnly keeps the rules free of terminals, files of
// others' formats and everything else that could decide about them.
func TestModelUsesTheStandardLibraryOnly(t *testing.T) {
	for _, file := range sourceFiles(t) {
		rules := []string{"model", "model/calendar", "model/document", "model/duty", "model/field", "model/phrase", "model/sums"}
		if !slices.Contains(rules, file.folder) {
			continue
		}
		for _, spec := range file.syntax.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") && !slices.Contains(rules, strings.TrimPrefix(path, module+"/")) {
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
				if file.syntax.Name.Name != "main" {
					t.Errorf("%s calls %s", file.path, called)
				}
			}
			return true
		})
	}
	if exits == 0 {
		t.Error("not even main.go ends the process: the search itself is broken")
	}
}
