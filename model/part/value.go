package part

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// New is a part with an id that the plan does not have yet.
func New(kind, id string) (model.Part, error) {
	if known := kindNamed(kind); known.once || known.number {
		return model.Part{}, nil
	}
	id = id[strings.LastIndex(id, "/")+1:]
	if !model.IsID(id) {
		return nil, phrase.Refuse(phrase.Say("invalid id %q", id),
			phrase.Say("an id has 1 to 64 of the characters a-z, 0-9 and -, and does not begin with -"))
	}
	toml, err := edit.Literal(id)
	return model.Part{"id": {TOML: toml, Value: id}}, err
}

// Set is a part with what a person typed for some of its keys; "" takes a key away, and what is typed as it stands
// stays as it is spelled. until and before take each other's place. The error is a *field.Wrong.
func Set(kind string, now model.Part, typed map[string]string) (model.Part, error) {
	part := maps.Clone(now)
	if part == nil {
		part = model.Part{}
	}
	delete(part, model.Place)
	for _, key := range slices.Sorted(maps.Keys(typed)) {
		if _, known := FieldOf(kind, key); !known {
			keys := make([]string, len(Fields(kind)))
			for i, f := range Fields(kind) {
				keys[i] = f.Key
			}
			return nil, field.About(key, phrase.Refuse(phrase.Say("%s has no %s", kind, key),
				phrase.Say("want one of %s", strings.Join(keys, ", "))))
		}
	}
	for _, f := range Fields(kind) {
		words, given := typed[f.Key]
		if words = f.clean(words); !given || words == Typed(f, now[f.Key]) {
			continue
		}
		if words == "" {
			delete(part, f.Key)
			continue
		}
		toml, err := f.toml(words)
		if err != nil {
			return nil, field.About(f.Key, err)
		}
		if other := calendar.InPlaceOf(f.Key); other != "" {
			delete(part, other)
		}
		document, _ := edit.Parse([]byte("value = " + toml))
		part[f.Key] = model.PartValue{TOML: toml, Value: document.Find("value").Value()}
	}
	return part, nil
}

func (f Field) clean(words string) string {
	if f.Form == Lines {
		return strings.TrimSpace(text.Text(words))
	}
	return strings.TrimSpace(text.Line(words))
}

// Typed is a value as a person would type it; "" for none.
func Typed(f Field, value model.PartValue) string {
	switch value := value.Value.(type) {
	case nil:
		return ""
	case string:
		return f.clean(value)
	case time.Time:
		return calendar.Date(value.Year(), value.Month(), value.Day()).Printed()
	case float64:
		return phrase.In(phrase.English).PlainNumber(value)
	case []any:
		if f.None && len(value) == 0 {
			return Nobody
		}
		items := make([]string, len(value))
		for i := range value {
			items[i] = Typed(Field{}, model.PartValue{Value: value[i]})
		}
		return strings.Join(items, ", ")
	case map[string]any:
		items := make([]string, 0, len(value))
		for _, unit := range slices.Sorted(maps.Keys(value)) {
			items = append(items, unit+"="+Typed(Field{}, model.PartValue{Value: value[unit]}))
		}
		return strings.Join(items, ", ")
	default:
		return fmt.Sprint(value)
	}
}

// toml is what was typed as a value of the file.
func (f Field) toml(typed string) (string, error) {
	var items []string
	for item := range strings.SplitSeq(typed, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	switch f.Form {
	case Day:
		return dayTOML(typed)
	case DayOfPeriod:
		if _, err := strconv.ParseUint(typed, 10, 8); err == nil {
			return strings.TrimLeft(typed, "0"), nil
		}
		return dayTOML(typed)
	case Days:
		days := make([]any, len(items))
		for i, item := range items {
			day, err := dayTOML(item)
			if err != nil {
				return "", err
			}
			days[i] = edit.Raw(day)
		}
		return edit.Literal(days)
	case OneOrMore:
		if len(items) == 1 {
			return edit.Literal(items[0])
		}
		return edit.Literal(items)
	case List:
		if f.None && slices.Contains(items, Nobody) {
			items = slices.DeleteFunc(items, func(item string) bool { return item == Nobody })
			if len(items) > 0 {
				return "", phrase.Refuse(phrase.Say("nobody, and yet %s", strings.Join(items, ", ")),
					phrase.Say("choose nobody, or whom you mean"))
			}
			return Nobody, nil
		}
		return edit.Literal(items)
	case Number:
		return numberTOML(typed)
	case Targets:
		return targetsTOML(items)
	case Choice:
		if !slices.Contains(f.Choices, typed) {
			return "", phrase.Refuse(phrase.Say("%q is not possible", typed),
				phrase.Say("want one of %s", strings.Join(f.Choices, ", ")))
		}
	}
	return edit.Literal(typed)
}

func dayTOML(typed string) (string, error) {
	day, err := calendar.ParseDay(typed)
	return day.String(), err
}

func numberTOML(typed string) (string, error) {
	number, err := phrase.In(phrase.Vietnamese).ParseFigure(typed)
	if err != nil {
		return "", err
	}
	return strconv.FormatFloat(number, 'f', -1, 64), nil
}

func targetsTOML(items []string) (string, error) {
	targets := make([]edit.KeyValue, len(items))
	for i, item := range items {
		unit, number, both := strings.Cut(item, "=")
		if unit = strings.TrimSpace(unit); !both || unit == "" {
			return "", phrase.Refuse(phrase.Say("targets: %q is no unit with a number", item),
				phrase.Say("want such as %s", "van-phong=20"))
		}
		toml, err := numberTOML(number)
		if err != nil {
			return "", err
		}
		targets[i] = edit.KeyValue{Key: unit, Value: edit.Raw(toml)}
	}
	return edit.Literal(targets)
}
