package model

// Finding is one thing that the check before submitting found. An error stops
// the submission, a warning is shown.
type Finding struct {
	What    Sentence
	Subject Subject // where to mend it; the zero value: in the report
	Warning bool
}

// Checklist is what is still missing in a unit's report, errors first, in plan
// order (DOMAIN §3): every activity assigned is done, not applicable with a note,
// or explained by a note; its figures are given or explained; no part is more than
// its whole. A nil report needs its reason only.
func (c *Campaign) Checklist(unit *Unit) []Finding {
	progress := c.Progress[unit.ID]
	return c.checklist(unit, &progress, progress.Report)
}

func (c *Campaign) checklist(unit *Unit, progress *Progress, report Report) []Finding {
	if report.Nil {
		if report.NilReason == "" {
			return []Finding{{What: Say("a nil report needs a reason")}}
		}
		return nil
	}
	var wrong, doubtful []Finding
	for i := range c.Plan.Activities {
		activity := &c.Plan.Activities[i]
		if !activity.AssignedTo(unit) {
			continue
		}
		for _, finding := range activity.findings(progress.Entry(activity.ID)) {
			finding.Subject = Subject{SubjectActivity, activity.ID}
			if finding.Warning {
				doubtful = append(doubtful, finding)
			} else {
				wrong = append(wrong, finding)
			}
		}
	}
	if report.Results == "" {
		wrong = append(wrong, Finding{What: Say("the results are not written yet; a unit with nothing to report sends a nil report")})
	}
	if report.Difficulties == "" {
		doubtful = append(doubtful, Finding{What: Say("no difficulties are named"), Warning: true})
	}
	return append(wrong, doubtful...)
}

// findings checks one entry.
func (a *Activity) findings(entry Entry) []Finding {
	explained := entry.Note != ""
	switch {
	case entry.Status == NA:
		return nil // a change has seen to its note
	case entry.Status != Done && !explained:
		return []Finding{{What: Say("“%s” is %s, and no note explains it", a.Title, entry.Status)}}
	case entry.Status == Todo:
		return nil // explained: there are no figures to expect
	}
	var findings []Finding
	for _, indicator := range a.Indicators {
		figure, given := entry.Figures[indicator.ID]
		switch {
		case !given && !explained:
			findings = append(findings, Finding{What: Say("“%s” has no figure for %s, and no note explains it", a.Title, indicator.Name)})
		case !given:
			findings = append(findings, Finding{What: Say("“%s” has no figure for %s", a.Title, indicator.Name), Warning: true})
		case indicator.Target != nil && figure < *indicator.Target:
			findings = append(findings, Finding{What: Say("“%s”: %s is %v, the target is %v", a.Title, indicator.Name, figure, *indicator.Target), Warning: true})
		}
		if err := a.checkFigure(indicator.ID, figure, entry.Figures); given && err != nil {
			findings = append(findings, Finding{What: sentenceOf(err)})
		}
	}
	return findings
}

// sentenceOf is a rule's refusal as a sentence.
func sentenceOf(err error) Sentence {
	if refusal, ok := err.(*Refusal); ok { //nolint:errorlint // rules give refusals as they are
		return refusal.What
	}
	return Say("%s", err.Error())
}

// firstError is the first finding that stops a submission, and how many there are.
func firstError(findings []Finding) (first Finding, count int) {
	for _, finding := range findings {
		if finding.Warning {
			continue
		}
		if count == 0 {
			first = finding
		}
		count++
	}
	return first, count
}
