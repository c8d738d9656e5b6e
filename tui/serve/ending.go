package serve

import (
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/visit"
)

func clientGone() *visit.Reason { return &visit.Reason{Log: "client gone"} }

func clientStuck() *visit.Reason { return &visit.Reason{Log: "client does not read", Failed: true} }

func nothingAsked() *visit.Reason { return &visit.Reason{Log: "nothing asked", Failed: true} }

func serverStops() *visit.Reason {
	return &visit.Reason{Log: "the server stops", Failed: true, Say: phrase.Say(
		"the server is being stopped or restarted; what was saved is safe: connect again in a moment")}
}

func panicked() *visit.Reason {
	return &visit.Reason{Log: "panic", Failed: true, Say: phrase.Say(
		"the program met an error of its own and ended this session; what was saved is safe: connect again")}
}
