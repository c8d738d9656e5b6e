package choices_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
)

func TestFile(t *testing.T) {
	tests := map[string]struct {
		env  map[string]string
		want string
	}{
		"XDG":         {map[string]string{"XDG_CONFIG_HOME": "/c", "HOME": "/h"}, "/c/tiendo/config.toml"},
		"home":        {map[string]string{"HOME": "/h"}, "/h/.config/tiendo/config.toml"},
		"no absolute": {map[string]string{"XDG_CONFIG_HOME": "c", "HOME": "/h"}, "/h/.config/tiendo/config.toml"},
		"nothing":     {nil, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := choices.File(func(name string) string { return tt.env[name] })
			if filepath.ToSlash(got) != tt.want {
				t.Errorf("%q; want %q", got, tt.want)
			}
		})
	}
}

// What is kept is read again, and what else stands in the file stays, byte for byte.
func TestKeep(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tiendo", "config.toml")
	for _, one := range []struct {
		key   choices.Key
		value string
	}{{choices.Theme, "dark"}, {choices.Mouse, choices.Off}, {choices.View, choices.Checklist}, {choices.Language, "en"},
		{choices.Sort, choices.Late}} {
		if err := choices.Keep(path, one.key, one.value); err != nil {
			t.Fatal(err)
		}
		if chosen, problems := choices.Read(path); len(problems) > 0 || chosen[one.key] != one.value {
			t.Errorf("%s: %v, %v", one.key, chosen, problems)
		}
	}
	before := "# mine\ntheme = \"light\" # at home\ncolour = 1\n"
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := choices.Keep(path, choices.Theme, "dark"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Replace(before, "light", "dark", 1); string(content) != want {
		t.Errorf("%q; want %q", content, want)
	}
	about, err := os.Stat(path)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", about.Mode(), err)
	}
}

// A file that cannot be read as TOML is told of and never written to.
func TestBroken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	const broken = "theme = \"dark\nmouse = true\n"
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	var problem phrase.Problem
	if err := choices.Keep(path, choices.Theme, "dark"); !errors.As(err, &problem) || problem.Line != 1 {
		t.Errorf("%v", err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != broken {
		t.Errorf("%q, %v", content, err)
	}
	if err := choices.Keep("", choices.Theme, "dark"); err == nil {
		t.Error("kept nowhere")
	}
	if err := choices.Keep(filepath.Join(t.TempDir(), "c"), choices.Theme, "pink"); err == nil {
		t.Error("a theme that there is not was kept")
	}
}

func TestProblems(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"a value":       {"theme = \"pink\"\n", `:1:9: theme is "pink"; want auto, dark, light, plain`},
		"a type":        {"\nmouse = \"true\"\n", `:2:9: mouse is "true"; want true, false`},
		"another type":  {"view = true\n", ":1:8: view is true; want todo, matrix, checklist"},
		"a table":       {"[language]\nvi = 1\n", ":1:1: language is [language]; want vi, en"},
		"an order":      {"sort = \"name\"\n", `:1:8: sort is "name"; want roster, late, done, submission`},
		"a list":        {"theme = [\"dark\"]\n", `:1:9: theme is ["dark"]; want auto, dark, light, plain`},
		"unknown":       {"theme = \"dark\"\ncolour = 1\n", `:2:1: unknown key "colour"`},
		"not TOML":      {"theme\n", ":1:"},
		"nothing wrong": {"theme = \"dark\"\n", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.toml")
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			chosen, problems := choices.Read(path)
			switch {
			case tt.want == "" && len(problems) == 0 && chosen[choices.Theme] == "dark":
			case len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), path+tt.want):
				t.Errorf("%v; want %s", problems, tt.want)
			}
		})
	}
	if chosen, problems := choices.Read(filepath.Join(t.TempDir(), "none")); len(chosen)+len(problems) > 0 {
		t.Errorf("%v, %v", chosen, problems)
	}
	if _, problems := choices.Read(t.TempDir()); len(problems) != 1 {
		t.Errorf("a folder: %v", problems)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("theme = \"dark\"\nmouse = false\n")
	f.Add("[mouse]\n[[view]]\n")
	path := filepath.Join(f.TempDir(), "config.toml")
	f.Fuzz(func(t *testing.T, content string) {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, problem := range second(choices.Read(path)) {
			_ = problem.Error()
		}
		if choices.Keep(path, choices.Mouse, choices.Off) != nil {
			return
		}
		if chosen, _ := choices.Read(path); chosen[choices.Mouse] != choices.Off {
			t.Errorf("%q: %v", content, chosen)
		}
	})
}

func second(_ choices.Choices, problems []phrase.Problem) []phrase.Problem { return problems }
