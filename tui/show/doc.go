// Package show prints the board, changes, conflicts, problems and answers as text and as
// JSON, in the same words as the screen. It is given values, never a plan folder, so
// that every command and every test prints in one way.
package show
