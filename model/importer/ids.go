package importer

import "example.org/tiendo/model/edit"

// IDs are those that an earlier import gave, by kind and text: records name them, so that an id must never come to
// stand for another text.
type IDs map[string]map[string]string

// knownUnits is the kind of the ids of units and groups, which are found by [nameKey].
const knownUnits = "unit"

// KnownIDs reads the ids of a plan and a roster as an import has written them.
func KnownIDs(plan, units []byte) IDs {
	known := IDs{knownUnits: {}}
	document, failure := edit.Parse(plan)
	if failure == nil {
		root := document.Root()
		for _, kind := range []string{"goal", "message", "section", "activity"} {
			known[kind] = idsOf(root.Child(kind), "text")
		}
		known["headings"] = idsOf(root.Child("document").Child("headings"), "text")
	}
	if document, failure = edit.Parse(units); failure == nil {
		for _, kind := range []string{"group", "unit"} {
			for name, id := range idsOf(document.Root().Child(kind), "name") {
				known[knownUnits][nameKey(name)] = id
			}
		}
	}
	return known
}

// idsOf are the ids of tables by one of their texts; of two with the same text the first.
func idsOf(tables *edit.Node, key string) map[string]string {
	found := map[string]string{}
	for i := range tables.Len() {
		text, _ := tables.Elem(i).Child(key).Value().(string)
		id, _ := tables.Elem(i).Child("id").Value().(string)
		if _, had := found[text]; !had && text != "" && id != "" {
			found[text] = id
		}
	}
	return found
}
