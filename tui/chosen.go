package tui

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/theme"
)

// keep keeps what the person chose for the next start. It holds now in any case.
func keep(a *App, key choices.Key, value string) tea.Cmd {
	store, w := a.options.Keep, a.frame.Words
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		if err := store(key, value); err != nil {
			return event.Noticed{Kind: event.Warning, Text: w.T("this holds only until the end, it cannot be kept: %s",
				w.Error(err))}
		}
		return nil
	}
}

// nextTheme goes on to the next theme and names it.
func nextTheme(a *App) tea.Cmd {
	names := theme.Names()
	next := names[(slices.Index(names, cmp.Or(a.frame.Theme, theme.Auto))+1)%len(names)]
	a.frame.Theme, a.frame.Styles, a.header = next, a.options.Styles(next), headerCache{}
	w := a.frame.Words
	words := map[string]string{
		theme.Auto: w.T("colours: as the terminal says"), theme.Dark: w.T("colours: for a dark ground"),
		theme.Light: w.T("colours: for a light ground"), theme.Plain: w.T("colours: none"),
	}[next]
	return tea.Batch(frame.Notice(event.Info, words), keep(a, choices.Theme, next))
}

// otherLanguage puts the screen into the other language.
func otherLanguage(a *App) tea.Cmd {
	a.speak(a.frame.Words.Other())
	return keep(a, choices.Language, string(a.frame.Words.Language))
}
