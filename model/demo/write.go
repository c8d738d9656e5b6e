package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// toml writes the progress in the layout of the embedded files.
func (p *progress) toml(from *source, unit model.Unit) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", unit.Name)
	for _, activity := range from.plan.Activities {
		if !activity.AssignedTo(&unit) {
			continue
		}
		writeEntry(&b, activity, p.Entry(activity.ID))
	}
	for _, message := range from.plan.Messages {
		if use, ok := p.Messages[message.ID]; ok {
			fmt.Fprintf(&b, "[message.%s]\n", message.ID)
			writeFields(&b, keyWidth, model.UseFields, &use)
			b.WriteByte('\n')
		}
	}
	b.WriteString("[report]\n")
	const signed = 3 // status and signature
	writeFields(&b, keyWidth, model.ReportFields[:signed], &p.Report)
	writeFields(&b, 0, model.ReportFields[signed:], &p.Report)
	return b.String()
}

func writeEntry(b *strings.Builder, activity model.Activity, entry model.Entry) {
	fmt.Fprintf(b, "[activity.%s]\n", activity.ID)
	writeFields(b, keyWidth, model.EntryFields, &entry)
	b.WriteByte('\n')
	if len(entry.Figures) == 0 {
		return
	}
	fmt.Fprintf(b, "[activity.%s.figures]\n", activity.ID)
	for _, indicator := range activity.Indicators {
		if figure, ok := entry.Figures[indicator.ID]; ok {
			fmt.Fprintf(b, "%s = %s\n", indicator.ID, strconv.FormatFloat(figure, 'f', -1, 64))
		}
	}
	b.WriteByte('\n')
}

// keyWidth is to how many letters the keys in the embedded files are filled up.
const keyWidth = 8

// writeFields writes what a record says, but for its figures.
func writeFields[T any](b *strings.Builder, width int, fields []field.Field[T], record *T) {
	for _, f := range fields {
		fact, value := f.At(record), ""
		if field.Empty(fact) {
			continue
		}
		switch fact := fact.(type) {
		case *string:
			value = strconv.Quote(*fact)
		case *[]string:
			value = list(*fact)
		case *time.Time:
			value = fact.Format(time.RFC3339)
		case *calendar.Day:
			value = fact.String()
		case *bool:
			value = strconv.FormatBool(*fact)
		default:
			continue
		}
		fmt.Fprintf(b, "%-*s = %s\n", width, f.Key, value)
	}
}

func list(words []string) string {
	quoted := slices.Clone(words)
	for i := range quoted {
		quoted[i] = strconv.Quote(quoted[i])
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
