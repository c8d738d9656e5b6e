package sums

import "strings"

// Key is the key of a figure: the id of its indicator, below that of a period where it belongs to one. No id has a
// point in it.
func Key(period, indicator string) string {
	if period == "" {
		return indicator
	}
	return period + "." + indicator
}

// Split is the period, "" for none, and the indicator of a key.
func Split(key string) (period, indicator string) {
	if before, after, found := strings.Cut(key, "."); found {
		return before, after
	}
	return "", key
}

// In are the figures of one period, by indicator; "" are those that belong to none.
func In(figures map[string]float64, period string) map[string]float64 {
	in := make(map[string]float64, len(figures))
	for key, figure := range figures {
		if of, indicator := Split(key); of == period {
			in[indicator] = figure
		}
	}
	return in
}

// Over is what a figure comes to over some periods by its rule: added up, else the last one; nil where none was given.
func Over(rule Rule, figures map[string]float64, periods []string, indicator string) *float64 {
	var total *float64
	for _, period := range periods {
		figure, given := figures[Key(period, indicator)]
		switch {
		case !given:
		case rule == Add && total != nil:
			*total += figure
		default:
			total = &figure
		}
	}
	return total
}

// Over are all figures over some periods, by indicator.
func (all Indicators) Over(figures map[string]float64, periods []string) map[string]float64 {
	over := make(map[string]float64, len(all))
	for i := range all {
		if figure := Over(all[i].Sum, figures, periods, all[i].ID); figure != nil {
			over[all[i].ID] = *figure
		}
	}
	return over
}
