package edit

import "fmt"

// readSource reads a text without the decoder, and refuses one in which anything is wrong.
func readSource(text string) (*Document, error) {
	problems := checkCharacters(text)
	_, _, conflicts := settleConflicts(text)
	if problems = append(problems, conflicts...); len(problems) > 0 {
		return nil, problems[0]
	}
	d, problems, over := read(text)
	if over != nil {
		return nil, over
	}
	if len(problems) > 0 {
		return nil, problems[0]
	}
	return d, nil
}

// replacedValue decodes a value that is about to go, and so will not be decoded with the
// result.
func (e *editor) replacedValue(n *Node) (any, error) {
	old, err := decodeValue(n.source.of(e.doc.text))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if problems := attach(e.doc.text, n, old, nil); len(problems) > 0 {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, problems[0])
	}
	return old, nil
}

// checkGoing makes sure that the decoder accepts what is about to go with n: the key with
// its value of which n is a part, or else the whole source.
func (e *editor) checkGoing(n *Node) error {
	top := n
	for p := n; p != nil; p = p.parent {
		if p.source != nil {
			top = p
		}
	}
	for _, s := range e.doc.sections {
		for _, st := range s.keys {
			if st.entry.leaf != top {
				continue
			}
			if _, err := decode(st.entry.of(e.doc.text)); err != nil {
				return fmt.Errorf("%w: %w", ErrInvalid, err)
			}
			_, err := e.replacedValue(top)
			return err
		}
	}
	return e.checkSource()
}

// checkSource decodes the source as a whole, once.
func (e *editor) checkSource() error {
	if e.checked {
		return nil
	}
	if _, problems := parse(e.source); len(problems) > 0 {
		return fmt.Errorf("%w: %w", ErrInvalid, problems[0])
	}
	e.checked = true
	return nil
}

// verify makes sure that the result is what was asked for and nothing else, and that it
// can be read again without a problem.
func (e *editor) verify() error {
	text := e.doc.text
	problems := checkCharacters(text)
	_, _, conflicts := settleConflicts(text)
	if problems = append(problems, conflicts...); len(problems) > 0 {
		return fmt.Errorf("%w: %w", ErrVerify, problems[0])
	}
	got, err := decode(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrVerify, err)
	}
	if problems = attach(text, e.doc.root, got, nil); len(problems) > 0 {
		return fmt.Errorf("%w: %w", ErrVerify, problems[0])
	}
	if !sameTree(e.want, got) {
		return ErrVerify
	}
	return nil
}
