// Package decode reads the bytes of data files into values of the model, and names every
// problem in them with its place.
//
// It is a room of its own because more than the store reads data files: states that lie in
// git, versions of one file that are to be merged, files that somebody sends. None of them
// has a folder, a lock or a disk, and none of these is needed to say what a file means.
//
// [Parse] reads one file as TOML. [Roster], [Plan], [Progress] and [Office] then read what its
// values say, in this order: what one file names stands in those before it. [Judge] reads one
// alone.
package decode
