package edit

import "strings"

// Comments lists the comments of a text that Parse reads without problems, or of whole
// statements out of one, each from its # to the end of its line without blanks there.
func Comments(text string) []string {
	var comments []string
	for p := fileStart(text); p < len(text); p++ {
		switch text[p] {
		case '#':
			end := lineEnd(text, p)
			comments = append(comments, strings.TrimRight(text[p:end], " \t\r"))
			p = end
		case '"', '\'':
			end, _ := skipString(text, p)
			p = end - 1
		}
	}
	return comments
}
