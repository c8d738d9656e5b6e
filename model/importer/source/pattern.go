package source

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression. It is made when it is first used: most commands read no document, and must not wait
// for it when they start.
type Pattern string

// made are the patterns that were used so far.
var made sync.Map //nolint:gochecknoglobals // a cache; what it holds follows from the pattern

func (p Pattern) made() *regexp.Regexp {
	if known, is := made.Load(p); is {
		return known.(*regexp.Regexp) //nolint:forcetypeassert // only patterns are stored
	}
	expression := regexp.MustCompile(string(p))
	made.Store(p, expression)
	return expression
}

// MatchString reports whether a text holds a match.
func (p Pattern) MatchString(s string) bool { return p.made().MatchString(s) }

// FindString is the first match; "" when there is none.
func (p Pattern) FindString(s string) string { return p.made().FindString(s) }

// FindStringIndex says where the first match stands.
func (p Pattern) FindStringIndex(s string) []int { return p.made().FindStringIndex(s) }

// FindStringSubmatch is the first match with its groups.
func (p Pattern) FindStringSubmatch(s string) []string { return p.made().FindStringSubmatch(s) }

// FindStringSubmatchIndex says where they stand.
func (p Pattern) FindStringSubmatchIndex(s string) []int { return p.made().FindStringSubmatchIndex(s) }

// FindAllStringIndex says where all matches stand.
func (p Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.made().FindAllStringIndex(s, n)
}

// FindAllStringSubmatchIndex says where all matches and their groups stand.
func (p Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.made().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString replaces all matches.
func (p Pattern) ReplaceAllString(s, with string) string { return p.made().ReplaceAllString(s, with) }
