package terminaltest

import "testing"

func TestAttributes(t *testing.T) {
	tests := map[string]struct {
		style string
		want  Attributes
	}{
		"nothing":            {"", Attributes{}},
		"of sixteen":         {"\x1b[1;31m\x1b[43m", Attributes{Text: 2, Ground: 4, Bold: true}},
		"bright":             {"\x1b[97m", Attributes{Text: 16}},
		"black is no none":   {"\x1b[30;40m", Attributes{Text: 1, Ground: 1}},
		"fixed":              {"\x1b[1;38;5;208;48;5;24m", Attributes{Text: 209, Ground: 25, Bold: true}},
		"one after another":  {"\x1b[48;5;24m\x1b[4;4m\x1b[7m", Attributes{Ground: 25, Underlined: true, Reverse: true}},
		"ended":              {"\x1b[1;7m\x1b[0m\x1b[4m", Attributes{Underlined: true}},
		"ended without zero": {"\x1b[1m\x1b[m", Attributes{}},
		"not reverse again":  {"\x1b[7m\x1b[27m", Attributes{}},
	}
	for name, tt := range tests {
		got, err := AttributesOf(tt.style)
		if err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, tt.want)
		}
	}
	for _, unknown := range []string{"\x1b[38;5;256m", "\x1b[38;2;1;2;3m", "\x1b[103m", "\x1b[xm", "x"} {
		if got, err := AttributesOf(unknown); err == nil {
			t.Errorf("%q is taken for %+v", unknown, got)
		}
	}
}

func TestLook(t *testing.T) {
	p := Palettes["Solarized dark"]
	for a, want := range map[Attributes]Look{
		{}:                      {Text: Hex("839496"), Ground: Hex("002b36")},
		{Reverse: true}:         {Text: Hex("002b36"), Ground: Hex("839496")},
		{Text: 2, Bold: true}:   {Text: Hex("dc322f"), Ground: Hex("002b36"), Bold: true},
		{Text: 209, Ground: 25}: {Text: Hex("ff8700"), Ground: Hex("005f87")},
		{Text: 245}:             {Text: Hex("808080"), Ground: Hex("002b36")},
	} {
		if got := p.Look(a); got != want {
			t.Errorf("%+v is seen as %+v; want %+v", a, got, want)
		}
	}
	if found := Contrast(Hex("ffffff"), Hex("000000")); found < 20.99 || found > 21.01 {
		t.Errorf("white on black has a contrast of %f", found)
	}
}

func TestPicture(t *testing.T) {
	screen := New(12, 3)
	_, _ = screen.Write([]byte("\x1b[1mA <b>\x1b[0m  c\r\n\x1b[7mxy\x1b[0m\x1b[1m───━\x1b[0m\r\n\x1b[7mzw\x1b[0m 報告 ─"))
	got := Picture(screen.Cells(), "a & b", func(style string) Mark {
		return map[string]Mark{"\x1b[1m": {Classes: "bold"}, "\x1b[7m": {"over", []string{"under"}}}[style]
	})
	want := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 108 54" font-family="monospace" font-size="15">
<title>a &amp; b</title>
<rect class="screen" fill="#fff" width="100%" height="100%"/>
<g fill="#ddd">
<rect class="under" x="0" y="18" width="18" height="36"/>
</g>
<text class="bold" x="0" y="13" textLength="45">A &lt;b&gt;</text>
<text x="63" y="13">c</text>
<text class="over" x="0" y="31" textLength="18">xy</text>
<path class="bold" d="M18 26h27v1h-27z"/>
<path class="bold" d="M45 26h9v2h-9z"/>
<text class="over" x="0" y="49" textLength="18">zw</text>
<text x="27" y="49" textLength="36">報告</text>
<path d="M72 44h9v1h-9z"/>
</svg>
`
	if got != want {
		t.Errorf("drawn\n%s\nwant\n%s", got, want)
	}
}
