// Package calendar is about days and deadlines: calendar days without a time zone, days off, and the last day of a
// thing.
package calendar
