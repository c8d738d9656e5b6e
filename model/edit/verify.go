package edit

import "fmt"

// replacedValue decodes a value that is about to go, and so will not be decoded with the
// result.
func (e *editor) replacedValue(n *Node) (any, error) {
	old, err := decodeValue(n.source.of(e.doc.text))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if problem := attach(e.doc.text, n, old); problem != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, problem)
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
	if _, problem := parseConfirmed(e.source); problem != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, problem)
	}
	e.checked = true
	return nil
}

// verify makes sure that the result is what was asked for and nothing else, and that it
// can be read again without a problem.
func (e *editor) verify() error {
	text := e.doc.text
	got, err := decode(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrVerify, err)
	}
	if problem := attach(text, e.doc.root, got); problem != nil {
		return fmt.Errorf("%w: %w", ErrVerify, problem)
	}
	if !sameTree(e.want, got) {
		return ErrVerify
	}
	return nil
}
