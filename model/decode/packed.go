package decode

import (
	"encoding/binary"
	"errors"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// PackRoster writes a roster as bytes from which [UnpackRoster] has it at once: all texts, then the numbers, which say
// how long each text is.
func PackRoster(roster *model.Roster) ([]byte, error) {
	var p packer
	p.yes(roster.OwnKeys)
	packAll(&p, model.GroupFields, roster.Groups)
	packAll(&p, model.UnitFields, roster.Units)
	packAll(&p, model.PersonFields, roster.People)
	packed := binary.AppendUvarint(nil, uint64(len(p.texts)))
	return append(append(packed, p.texts...), p.numbers...), p.failed
}

type packer struct {
	texts   []byte
	numbers []byte
	failed  error
}

func (p *packer) number(n uint64) { p.numbers = binary.AppendUvarint(p.numbers, n) }

func (p *packer) yes(yes bool) {
	if yes {
		p.number(1)
	} else {
		p.number(0)
	}
}

func (p *packer) text(text string) {
	p.texts = append(p.texts, text...)
	p.number(uint64(len(text)))
}

// packAll writes records with all their fields.
func packAll[T any](p *packer, fields []field.Field[T], records []T) {
	p.number(uint64(len(records)))
	for i := range records {
		for _, f := range fields {
			switch fact := f.At(&records[i]).(type) {
			case *string:
				p.text(*fact)
			case *bool:
				p.yes(*fact)
			case *calendar.Day:
				p.number(uint64(fact.Year<<9 | int(fact.Month)<<5 | fact.Day))
			case *[]string:
				p.number(uint64(len(*fact)))
				for _, text := range *fact {
					p.text(text)
				}
			default:
				p.failed = errors.New("a field of this kind cannot be packed: " + f.Key)
			}
		}
	}
}

// errPacked says that bytes are no packed roster.
var errPacked = errors.New("this is no packed roster")

// UnpackRoster reads what [PackRoster] has written. Other bytes are an error, or another roster: whoever keeps them
// looks whether they are the same.
func UnpackRoster(packed []byte) (model.Roster, error) {
	u := unpacker{rest: packed}
	whole := u.count()
	u.texts, u.rest = string(u.rest[:whole]), u.rest[whole:] // one string for all of them
	roster := model.Roster{OwnKeys: u.number() == 1}
	roster.Groups = unpackAll(&u, model.GroupFields)
	roster.Units = unpackAll(&u, model.UnitFields)
	roster.People = unpackAll(&u, model.PersonFields)
	if u.failed || len(u.rest) > 0 {
		return model.Roster{}, errPacked
	}
	return roster, nil
}

type unpacker struct {
	rest   []byte // the numbers
	texts  string
	failed bool
}

func (u *unpacker) number() uint64 {
	if len(u.rest) > 0 && u.rest[0] < 0x80 { // most are
		n := u.rest[0]
		u.rest = u.rest[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(u.rest)
	if size <= 0 {
		u.failed = true
		return 0
	}
	u.rest = u.rest[size:]
	return n
}

// count is a number of things each of which takes at least a byte of what follows.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.failed = true
		return 0
	}
	return int(n)
}

func (u *unpacker) text() string {
	length := u.number()
	if length > uint64(len(u.texts)) {
		u.failed = true
		return ""
	}
	text := u.texts[:length]
	u.texts = u.texts[length:]
	return text
}

func unpackAll[T any](u *unpacker, fields []field.Field[T]) []T {
	count := u.count()
	if count == 0 {
		return nil
	}
	records := make([]T, count)
	for i := range records {
		for _, f := range fields {
			switch fact := f.At(&records[i]).(type) {
			case *string:
				*fact = u.text()
			case *bool:
				*fact = u.number() == 1
			case *calendar.Day:
				day := int(u.number())
				*fact = calendar.Day{Year: day >> 9, Month: time.Month(day >> 5 & 15), Day: day & 31}
			case *[]string:
				for range u.count() {
					*fact = append(*fact, u.text())
				}
			}
		}
	}
	return records
}
