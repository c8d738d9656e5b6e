package tui_test

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/terminal/terminaltest"
	"example.org/tiendo/tui/theme"
)

// pictured are the screens that are kept with their colours, at every size and in both languages: the tabs, the forms,
// and what is laid over them. The goldens of words hold all screens.
var pictured = []string{
	"todo", "todo-staff", "todo-returned", "goals", "messages", "matrix", "matrix-sorted", "checklist", "staff", "reports",
	"report-missing", "report-whole", "figures", "preview", "preview-check", "preview-whole", "export",
	"office", "changes", "changes-detail", "roster", "roster-person",
	"form", "form-about", "form-use", "form-reason", "form-problem", "report-form", "report-form-nil", "report-extension",
	"report-reminder", "figures-form", "office-form", "roster-add", "roster-unit-form", "roster-unit-end", "roster-key",
	"plan-which", "plan-activity", "plan-verbatim", "plan-add", "plan-reporting", "plan-remove", "go-to-day", "detail", "help",
	"filter", "filter-empty", "reach-history", "confirmation", "changes-revert", "conflict", "dispute-decide", "as-it-was",
	"broken-file", "ended-matrix", "ascii",
}

// picturedSizes are the usual terminal, a wide one, and one over a whole screen.
var picturedSizes = [][2]int{{80, 24}, {120, 40}, {200, 50}}

// ground is a terminal as pictures are looked at: its colours, and the theme that is on.
type ground struct {
	name     string
	terminal string
	theme    theme.Theme
}

// grounds are those of the gallery. Of a terminal that does not say what it is, the theme is auto.
var grounds = []ground{
	{"dark", "xterm", theme.DarkGround},
	{"light", "xterm white", theme.LightGround},
	{"solarized-dark", "Solarized dark", theme.DarkGround},
	{"solarized-light", "Solarized light", theme.LightGround},
	{"auto-dark", "Campbell", theme.AnyGround},
	{"auto-light", "xterm white", theme.AnyGround},
	{"auto-solarized-dark", "Solarized dark", theme.AnyGround},
	{"auto-solarized-light", "Solarized light", theme.AnyGround},
}

// role is a style of the screen by its meaning, which is its class in a picture.
type role struct {
	class  string
	opens  map[theme.Theme]string // the sequence with which it begins in a theme
	ground bool                   // in some theme it has a ground
	bar    bool                   // it is of lines, not of letters
}

// roles are all styles of the theme, in the order of its fields.
var roles = sync.OnceValue(func() []role {
	var all []role
	for _, of := range []theme.Theme{theme.AnyGround, theme.DarkGround, theme.LightGround} {
		styles := reflect.ValueOf(coloured(of))
		for i := range styles.NumField() {
			if i == len(all) {
				name := styles.Type().Field(i).Name
				all = append(all, role{class: strings.ToLower(name), opens: map[theme.Theme]string{}, bar: strings.HasPrefix(name, "Bar")})
			}
			style, _ := reflect.TypeAssert[lipgloss.Style](styles.Field(i))
			open, _, _ := strings.Cut(style.Render("x"), "x")
			all[i].opens[of] = open
			sent := attributes(open)
			all[i].ground = all[i].ground || sent.Ground != 0 || sent.Reverse
		}
	}
	return all
})

// coloured are the styles of a theme on a terminal of 256 colours.
func coloured(of theme.Theme) theme.Styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI256)
	return theme.New(r, of)
}

func attributes(style string) terminaltest.Attributes {
	sent, err := terminaltest.AttributesOf(style)
	if err != nil {
		panic(err)
	}
	return sent
}

// firstMark is the colour of the first role in marked styles.
const firstMark = 16

// marked are styles from which a picture is made for all themes: of each role they have another colour, which says
// no more than which role it is, and a ground where a theme has one.
func marked() theme.Styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI256)
	var styles theme.Styles
	fields := reflect.ValueOf(&styles).Elem()
	for i, role := range roles() {
		style := r.NewStyle()
		colour := lipgloss.Color(strconv.Itoa(firstMark + i))
		if role.opens[theme.DarkGround] != "" {
			style = style.Foreground(colour)
		}
		if role.ground {
			style = style.Background(colour)
		}
		fields.Field(i).Set(reflect.ValueOf(style))
	}
	return styles
}

// rolesOf are the roles that hold in a place, the latest last.
func rolesOf(style string) (held []role) {
	for sequence := range strings.SplitAfterSeq(style, "m") {
		at := attributes(sequence).Text - 1 - firstMark
		if at < 0 {
			continue
		}
		role := roles()[at]
		if !slices.ContainsFunc(held, role.is) {
			held = append(held, role)
		}
	}
	return held
}

func (r *role) is(other role) bool { return r.class == other.class }

// classes are how a picture says them. The cursor of a field and the line under what is chosen are there beside them.
func classes(style string) terminaltest.Mark {
	var names, grounds []string
	for _, role := range rolesOf(style) {
		names = append(names, role.class)
		if role.ground {
			grounds = append(grounds, role.class)
		}
	}
	if attributes(style).Underlined {
		names = append(names, "underlined")
	}
	if attributes(style).Reverse {
		names = append(names, "caret")
		grounds = append(grounds, strings.Join(names, " "))
	}
	return terminaltest.Mark{Classes: strings.Join(names, " "), Grounds: grounds}
}

// sends is what a theme sends for the roles that hold in a place of marked styles.
func sends(style string, of theme.Theme) terminaltest.Attributes {
	var sequences strings.Builder
	for _, role := range rolesOf(style) {
		sequences.WriteString(role.opens[of])
	}
	all, marks := attributes(sequences.String()), attributes(style)
	all.Underlined = all.Underlined || marks.Underlined
	all.Reverse = all.Reverse || marks.Reverse
	return all
}

// styleSheet gives the classes their colours on each ground.
func styleSheet(on []ground, selector func(name string) string) string {
	var b strings.Builder
	for _, ground := range on {
		terminal := terminaltest.Palettes[ground.terminal]
		in := selector(ground.name)
		fmt.Fprintf(&b, "%stext,%spath{fill:%s}\n%srect.screen{fill:%s}\n", in, in, terminal.Text, in, terminal.Ground)
		all := slices.Clone(roles())
		slices.SortStableFunc(all, func(a, b role) int { // what lies under other roles gives way to them
			under := func(r role) int { return -strings.Count(" row box ", " "+r.class+" ") }
			return cmp.Compare(under(a), under(b))
		})
		for _, role := range all {
			sent := attributes(role.opens[ground.theme])
			look := terminal.Look(sent)
			rules := ""
			if sent.Text != 0 || sent.Reverse {
				rules += "fill:" + look.Text.String() + ";"
			}
			if sent.Bold {
				rules += "font-weight:bold;"
			}
			if sent.Underlined {
				rules += "text-decoration:underline;"
			}
			if rules != "" {
				fmt.Fprintf(&b, "%s.%s{%s}\n", in, role.class, strings.TrimSuffix(rules, ";"))
			}
			if !role.ground {
				continue
			}
			fill := "none"
			if sent.Ground != 0 || sent.Reverse {
				fill = look.Ground.String()
			}
			fmt.Fprintf(&b, "%srect.%s{fill:%s}\n", in, role.class, fill)
			if role.class == "box" {
				fmt.Fprintf(&b, "%s.box.caret{fill:%s}\n%srect.box.caret{fill:%s}\n", in, look.Ground, in, look.Text)
			}
		}
		fmt.Fprintf(&b, "%s.underlined{text-decoration:underline}\n", in)
		fmt.Fprintf(&b, "%s.caret{fill:%s}\n%srect.caret{fill:%s}\n", in, terminal.Ground, in, terminal.Text)
	}
	return b.String()
}

// seen is what a terminal shows of a dashboard.
func seen(d *dashboard, width, height int) [][]terminaltest.Cell {
	d.t.Helper()
	d.size(width, height)
	screen := terminaltest.New(width, height)
	_, _ = screen.Write([]byte(strings.ReplaceAll(d.app.View(), "\n", "\r\n")))
	if err := screen.Err(); err != nil {
		d.t.Fatal(err)
	}
	return screen.Cells()
}

// picture is one that was drawn now, beside the one that is kept. The table of styles has no language and no width.
type picture struct {
	title    string
	language phrase.Language
	width    int

	kept, drawn string
}

const pictureFolder = "testdata/pictures"

// The screens look as they are kept: words, places, and which meaning each has. The colours of the meanings are kept
// once for all, in palettes.css. Where something differs, or with -update, testdata/gallery.html shows it all.
func TestPictures(t *testing.T) {
	var mutex sync.Mutex
	drawn := map[string]picture{}
	t.Run("all", func(t *testing.T) {
		for name, s := range picturedShots(t) {
			for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
				t.Run(name+"/"+string(language), func(t *testing.T) {
					t.Parallel()
					d := s.takeWith(t, setting{language: language, styles: func(string) theme.Styles { return marked() }})
					for _, size := range picturedSizes {
						title := fmt.Sprintf("%s-%s-%d×%d", name, language, size[0], size[1])
						svg := terminaltest.Picture(seen(d, size[0], size[1]), title, classes)
						mutex.Lock()
						drawn[strings.ReplaceAll(title, "×", "x")+".svg"] = picture{title: title, language: language, width: size[0], drawn: svg}
						mutex.Unlock()
					}
				})
			}
		}
	})
	drawn["palettes.css"] = picture{title: "palettes.css", drawn: styleSheet(grounds, func(name string) string { return "." + name + " " })}
	keptFiles, err := os.ReadDir(pictureFolder)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, file := range keptFiles {
		path := filepath.Join(pictureFolder, file.Name())
		picture, still := drawn[file.Name()]
		switch {
		case !still && *update:
			err = os.Remove(path)
		case !still:
			t.Errorf("%s is of no screen; go test ./tui -run TestPictures -update", path)
			continue
		default:
			var kept []byte
			kept, err = os.ReadFile(path)
			picture.kept = string(kept)
			drawn[file.Name()] = picture
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var differ []string
	for _, name := range sortedNames(drawn) {
		picture := drawn[name]
		if picture.drawn == picture.kept {
			continue
		}
		if differ = append(differ, name); *update {
			compare(t, filepath.Join(pictureFolder, name), picture.drawn)
		}
	}
	if len(differ) > 0 && !*update {
		t.Errorf("%d pictures are not what is drawn now: %s\nsee tui/%s, and if the new ones are right: go test ./tui -run TestPictures -update",
			len(differ), strings.Join(differ, " "), galleryPage)
	}
	if *update || t.Failed() {
		if err := os.WriteFile(galleryPage, gallery(drawn), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// The picture in README.md is the screen as it is drawn, dark or light as its reader has it; -update makes it.
func TestReadmeShowsTheRealScreen(t *testing.T) {
	const file = ".github/dashboard.svg"
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "]("+file+")") {
		t.Errorf("README.md does not show %s", file)
	}
	d := picturedShots(t)["matrix"].takeWith(t, setting{language: phrase.English, styles: func(string) theme.Styles { return marked() }})
	own := func(string) string { return "" }
	styles := "<style>\n" + styleSheet(grounds[:1], own) + "@media (prefers-color-scheme:light){\n" + styleSheet(grounds[1:2], own) + "}\n</style>\n"
	svg := terminaltest.Picture(seen(d, 80, 24), "The dashboard of tiendo", classes)
	compare(t, filepath.Join("..", file), strings.Replace(svg, "<title>", styles+"<title>", 1))
}

func sortedNames(drawn map[string]picture) []string {
	names := make([]string, 0, len(drawn))
	for name := range drawn {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// picturedShots are the screens of pictured.
func picturedShots(t *testing.T) map[string]*shot {
	t.Helper()
	found := map[string]*shot{}
	for _, s := range shots() {
		if slices.Contains(pictured, s.name) {
			found[s.name] = &s
		}
	}
	if len(found) != len(pictured) {
		t.Fatalf("%d of %d screens are there", len(found), len(pictured))
	}
	return found
}

// What a picture says of a place is what each theme draws there, and every word that is drawn can be read: its contrast
// is 4.5 to 1 or more on every ground, that of lines 3 to 1.
func TestPicturesAreOfEveryTheme(t *testing.T) {
	for name, s := range picturedShots(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sizes := func(styles theme.Styles) (all [][][]terminaltest.Cell) {
				d := s.takeWith(t, setting{language: phrase.Vietnamese, styles: func(string) theme.Styles { return styles }})
				for _, size := range picturedSizes {
					all = append(all, seen(d, size[0], size[1]))
				}
				return all
			}
			byRole := sizes(marked())
			for _, of := range []theme.Theme{theme.AnyGround, theme.DarkGround, theme.LightGround} {
				for i, inTheme := range sizes(coloured(of)) {
					sameInTheme(t, of, byRole[i], inTheme)
				}
			}
		})
	}
}

// sameInTheme fails where marked styles say something else of a place than a theme draws, or where it cannot be read.
func sameInTheme(t *testing.T, of theme.Theme, byRole, inTheme [][]terminaltest.Cell) {
	t.Helper()
	read := map[string]bool{}
	for row := range byRole {
		for col, place := range byRole[row] {
			here := inTheme[row][col]
			want, got := sends(place.Style, of).On(place.Text), attributes(here.Style).On(here.Text)
			if got != want || here.Text != place.Text {
				t.Fatalf("theme %d, %d×%d, line %d, column %d: %q is drawn as %+v; its roles say %+v",
					of, len(byRole[0]), len(byRole), row+1, col+1, place.Text, got, want)
			}
			if !read[place.Style] && place.Text != " " {
				read[place.Style] = true
				readable(t, place, want, of)
			}
		}
	}
}

// readable fails where a place cannot be read on a ground of its theme. Words in the terminal's own colour on its own
// ground are as its owner chose them.
func readable(t *testing.T, place terminaltest.Cell, a terminaltest.Attributes, of theme.Theme) {
	t.Helper()
	if a.Text == 0 && a.Ground == 0 {
		return
	}
	held := rolesOf(place.Style)
	least := 4.5
	if len(held) > 0 && held[len(held)-1].bar {
		least = 3
	}
	for _, ground := range grounds {
		terminal := terminaltest.Palettes[ground.terminal]
		look := terminal.Look(a)
		if found := terminaltest.Contrast(look.Text, look.Ground); ground.theme == of && found < least {
			t.Errorf("%s: %q as %s has a contrast of %.2f", ground.name, place.Text, classes(place.Style).Classes, found)
		}
	}
}

// galleryPage is looked at in a browser; it is not kept.
const galleryPage = "testdata/gallery.html"

// gallery is a page with all pictures on the ground that is chosen there; those that differ come first, beside what is
// kept.
func gallery(drawn map[string]picture) []byte {
	var differing, same strings.Builder
	for _, name := range sortedNames(drawn) {
		p := drawn[name]
		switch {
		case p.language == "":
		case p.kept == p.drawn:
			fmt.Fprintf(&same, "<figure class=\"%s s%d\"><figcaption>%s</figcaption>%s</figure>\n", p.language, p.width, p.title, p.drawn)
		default:
			fmt.Fprintf(&differing, "<figure><figcaption>%s: kept</figcaption>%s</figure>\n<figure><figcaption>drawn</figcaption>%s</figure>\n",
				p.title, p.kept, p.drawn)
		}
	}
	var names []string
	for _, ground := range grounds {
		names = append(names, ground.name)
	}
	choice := func(id string, options ...string) string {
		return fmt.Sprintf("<select id=%q><option>%s</select>\n", id, strings.Join(options, "<option>"))
	}
	return []byte(`<!doctype html>
<meta charset="utf-8">
<title>tiendo, screen by screen</title>
<style>
body{font:15px sans-serif;margin:1em}
form{position:sticky;top:0;background:#fff;padding:.5em}
figure{display:inline-block;vertical-align:top;margin:0 1em 1em 0}
figure svg{width:calc(min(48vw,60em))}
body.vi figure.en,body.en figure.vi,body:not(.s80) figure.s80,body:not(.s120) figure.s120,body:not(.s200) figure.s200{display:none}
` + styleSheet(grounds, func(name string) string { return "." + name + " " }) + `</style>
<form>` + choice("ground", names...) + choice("size", "s80", "s120", "s200", "s80 s120 s200") + choice("language", "vi", "en", "both") + `</form>
<h2>What differs</h2>
` + differing.String() + `<h2>The rest</h2>
` + same.String() + `<script>
const choices = document.querySelectorAll('select')
const choose = () => document.body.className = [...choices].map(c => c.value).join(' ')
choices.forEach(c => c.onchange = choose)
choose()
</script>
`)
}
