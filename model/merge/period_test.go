package merge

import "testing"

// The report of each period is an entry of its own, and so are its figures what is accepted with it.
func TestPeriodsAreJoined(t *testing.T) {
	const (
		entry    = "[activity.x]\nstatus = \"doing\"\nby = \"lan\"\nat = 2026-04-02T09:00:00+07:00\n"
		minh     = "edited_by = \"minh\"\nedited_at = 2026-04-03T09:00:00+07:00\n"
		hoa      = "edited_by = \"hoa\"\nedited_at = 2026-04-04T09:00:00+07:00\n"
		april    = "\n[activity.x.figures.2026-04]\n"
		may      = "\n[activity.x.figures.2026-05]\n"
		report   = "\n[report.2026-04]\nstatus = \"submitted\"\nby = \"minh\"\nat = 2026-04-05T09:00:00+07:00\n"
		accepted = "\n[report.2026-04]\nstatus = \"accepted\"\nby = \"lan\"\nat = 2026-04-06T09:00:00+07:00\n"
		draft    = "\n[report.2026-05]\nstatus = \"draft\"\nby = \"hoa\"\nat = 2026-04-05T09:00:00+07:00\n"
	)
	for name, test := range map[string]struct{ base, ours, theirs, want string }{
		"reports of two periods": {
			entry + "\n[report]\n", entry + "\n[report]\n" + report, entry + "\n[report]\n" + draft,
			entry + "\n[report]\n" + report + draft,
		},
		"a period beside the report of before": {
			"[report]\nstatus = \"draft\"\n", "[report]\nstatus = \"draft\"\nfunding = \"1\"\n",
			"[report]\nstatus = \"draft\"\n" + report, "[report]\nstatus = \"draft\"\nfunding = \"1\"\n" + report,
		},
		"two versions of the report of a period": {
			entry, entry + report + "results = \"A\"\n",
			entry + "\n[report.2026-04]\nstatus = \"submitted\"\nby = \"hoa\"\nat = 2026-04-05T10:00:00+07:00\nresults = \"B\"\n",
			entry + "\n[report.2026-04]\nstatus = \"submitted\"\nresults = \"A\"\nby = \"minh\"\nat = 2026-04-05T09:00:00+07:00\n" +
				"\n[[report.2026-04.other]]\nby = \"hoa\"\nat = 2026-04-05T10:00:00+07:00\n" +
				"results = \"B\"\n",
		},
		"figures of two periods": {
			entry, entry + minh + april + "lop = 3\n", entry + minh + may + "lop = 4\n",
			entry + minh + april + "lop = 3\n" + may + "lop = 4\n",
		},
		"two figures of one period": {
			entry, entry + minh + april + "lop = 3\n", entry + minh + april + "hoc-vien = 30\n",
			entry + minh + april + "hoc-vien = 30\nlop = 3\n",
		},
		"one figure of one period": {
			entry, entry + minh + april + "lop = 3\n", entry + hoa + april + "lop = 4\n",
			entry + minh + april + "lop = 3\n\n[[activity.x.other]]\nby = \"hoa\"\nat = 2026-04-04T09:00:00+07:00\n" +
				"figures = { 2026-04 = { lop = 4 } }\n",
		},
		"an acceptance, and figures of another period": {
			entry + report, entry + accepted, entry + minh + may + "lop = 4\n" + report,
			entry + minh + may + "lop = 4\n" + accepted,
		},
		"an acceptance, and another report": {
			entry + report, entry + accepted, entry + report + draft, entry + accepted + draft,
		},
		"an acceptance of figures that the other side has changed": {
			entry + april + "lop = 3\n" + report, entry + april + "lop = 3\n" + accepted,
			entry + minh + april + "lop = 4\n" + report,
			entry + minh + april + "lop = 4\n" + report + "\n[[report.2026-04.other]]\nby = \"lan\"\n" +
				"at = 2026-04-06T09:00:00+07:00\nstatus = \"accepted\"\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, sides := range [][2]string{{test.ours, test.theirs}, {test.theirs, test.ours}} {
				if got := joinedRecord(t, test.base, sides[0], sides[1]); got != test.want {
					t.Errorf("got\n%s\nwant\n%s", got, test.want)
				}
			}
		})
	}
}
