package edit

var parseCases = []struct{ name, src string }{
	{"x", "a = "},
}
