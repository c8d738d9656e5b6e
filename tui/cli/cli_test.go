package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// rootVariable tells the program in a script where the embedded data lie.
const rootVariable = "TIENDO_TEST_ROOT"

// clockVariable makes the clock of the program in a script stand still.
const clockVariable = "TIENDO_TEST_CLOCK"

// TestMain runs all tests, or the program itself when a script has asked for it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tiendo": func() {
			directory, err := os.Getwd()
			if err != nil {
				panic(err)
			}
			system := System{
				Args: os.Args[1:], Env: os.LookupEnv, Directory: directory,
				Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Data: os.DirFS(os.Getenv(rootVariable)),
			}
			if shown := os.Getenv(clockVariable); shown != "" {
				now, err := time.Parse(time.RFC3339, shown)
				if err != nil {
					panic(err)
				}
				system.Now = func() time.Time { return now }
			}
			os.Exit(Main(system))
		},
	})
}

// testEnvironment keeps the developer's git, time zone and language out of a test.
func testEnvironment(home string) []string {
	config, err := filepath.Abs(filepath.Join("testdata", "gitconfig"))
	if err != nil {
		panic(err)
	}
	return []string{
		"HOME=" + home, "GIT_CONFIG_GLOBAL=" + config, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_SYSTEM=" + os.DevNull, "TZ=Asia/Ho_Chi_Minh", "LANG=C.UTF-8", "TERM=dumb",
	}
}

func TestScripts(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			for _, variable := range append(testEnvironment(env.WorkDir), rootVariable+"="+root) {
				name, value, _ := strings.Cut(variable, "=")
				env.Setenv(name, value)
			}
			// A script that hides git must still find the program.
			bin, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
			env.Setenv("TIENDO_BIN", bin)
			return nil
		},
		// [command:NAME] holds where the program has the command.
		Condition: func(condition string) (bool, error) {
			name, is := strings.CutPrefix(condition, "command:")
			if !is {
				return false, fmt.Errorf("unknown condition %q", condition)
			}
			found, _, err := newApp(System{Env: func(string) (string, bool) { return "", false }}).root.Find([]string{name})
			return err == nil && found.Name() == name, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"replace":   replace,
			"exits":     exits,
			"jsonkeys":  jsonKeys,
			"jsonvalue": jsonValue,
		},
	})
}
