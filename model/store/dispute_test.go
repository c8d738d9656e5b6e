package store

import "testing"

func TestX(t *testing.T) {}
