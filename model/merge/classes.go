package merge

import (
	"slices"
	"strings"

	"example.org/tiendo/model/text"
)

// class is what is merged as one: an entry, or several that stand among each other in
// one of the versions. It is the smallest of their keys.
type class struct{ key }

// classes says which entries go together.
type classes struct {
	whole  map[string]bool
	coarse bool // all go together
	parent map[key]key
	first  *key
}

func newClasses(whole map[string]bool, coarse bool) *classes {
	return &classes{whole: whole, coarse: coarse, parent: map[key]key{}}
}

// add takes in the keys of one version.
func (c *classes) add(atoms []atom) {
	for _, a := range atoms {
		if _, known := c.parent[a.key]; !known {
			c.parent[a.key] = a.key
		}
		if c.first == nil {
			c.first = &a.key
		}
		if c.coarse {
			c.unite(*c.first, a.key)
		}
	}
}

// of is the class of a key.
func (c *classes) of(k key) class {
	for c.parent[k] != k {
		c.parent[k] = c.parent[c.parent[k]]
		k = c.parent[k]
	}
	return class{k}
}

// unite joins the classes of two keys and says whether they were different.
func (c *classes) unite(a, b key) bool {
	first, second := c.of(a).key, c.of(b).key
	if first == second {
		return false
	}
	if second.compare(first) < 0 {
		first, second = second, first
	}
	c.parent[second] = first
	return true
}

// fuse joins whatever stands between the parts of one entry in any version, until every
// class stands in one piece in each of them.
func (c *classes) fuse(versions [][]atom) {
	for _, atoms := range versions {
		stands := map[key]bool{}
		for _, a := range atoms {
			stands[a.key] = true
			if other := (key{!a.key.root, a.key.name}); stands[other] {
				c.unite(a.key, other)
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, atoms := range versions {
			last := map[class]int{}
			for i, a := range atoms {
				last[c.of(a.key)] = i
			}
			open := 0 // the last atom of the classes that have begun
			for i, a := range atoms {
				if i > 0 && i <= open {
					changed = c.unite(atoms[i-1].key, a.key) || changed
				}
				if i > open || i == 0 {
					open = i
				}
				open = max(open, last[c.of(a.key)])
			}
		}
	}
}

// describe names the entries of a class as a person knows them.
func (c *classes) describe(of class) string {
	var names []string
	for k := range c.parent {
		if c.of(k) == of && !strings.HasPrefix(strings.TrimLeft(k.name, " \t"), "#") {
			names = append(names, text.Line(strings.TrimSuffix(k.name, "[]")))
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// entry is one class as it stands in one version.
type entry struct {
	class    class
	root     bool
	gap      string   // the blank lines above
	body     string   // whole lines
	leaves   []string // its values with their paths, sorted
	elements []string // its elements of arrays of tables, whose order says something too
	apart    bool     // it begins with a comment that stands apart
	comment  bool     // it is nothing else
	written  bool     // it was joined here: its values are not known
}

// file is one version divided into entries.
type file struct {
	*version
	entries []*entry
	places  map[class]int
	end     string // the blank lines at the end, and the sign unended
}

// unended stands for a file whose last line does not end with a line end.
const unended = "\x00"

// newFile gathers the atoms of each class. What a class has at a second place becomes an
// entry of its own, which fuse has left in no version.
func newFile(v *version, atoms []atom, c *classes) *file {
	f := &file{version: v, places: map[class]int{}}
	end, start := v.start, 0
	for i, a := range atoms {
		of := c.of(a.key)
		if i == 0 || f.entries[len(f.entries)-1].class != of {
			f.entries = append(f.entries, &entry{class: of, root: a.root, gap: v.text[a.gap:a.start], apart: a.comment,
				comment: true})
			f.places[of] = len(f.entries) - 1
			start = a.start
		}
		e := f.entries[len(f.entries)-1]
		e.body = v.text[start:a.end]
		e.comment = e.comment && a.comment
		e.leaves = append(e.leaves, a.leaves...)
		e.elements = append(e.elements, a.elements...)
		end = a.end
	}
	for _, e := range f.entries {
		slices.Sort(e.leaves)
	}
	f.end = v.text[end:]
	if v.unended {
		f.end += unended
	}
	return f
}

// entry is what a version has of a class; nil when it has nothing.
func (f *file) entry(of class) *entry {
	if i, found := f.places[of]; found {
		return f.entries[i]
	}
	return nil
}
