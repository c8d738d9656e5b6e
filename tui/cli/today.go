package cli

import (
	"errors"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// todayGiven is the day of --today or TIENDO_TODAY; no day when neither is given.
func (p *program) todayGiven() (model.Day, bool, error) {
	value, source := p.setting("today", p.options.today, envToday)
	if source == "" {
		return model.Day{}, false, nil
	}
	day, err := parseDay(source, value)
	return day, err == nil, err
}

// parseDay reads the day that a flag, or what stands for it, is given.
func parseDay(flag, value string) (model.Day, error) {
	day, err := model.ParseDay(value)
	if refusal, ok := errors.AsType[*phrase.Refusal](err); ok {
		return day, wrongUsage(phrase.Say("%s: %s", flag, refusal.What), refusal.Hint)
	}
	return day, err
}
