package kept

import "testing"

type topic struct {
	noun string
	id   int
}

func TestAStampMovesWithEachOfItsTopicsAndNoOther(t *testing.T) {
	var s Stamps[topic]
	one, two := topic{"article", 1}, topic{"settings", 0}
	before := s.Of(one, two)
	s.Move(one)
	after := s.Of(one, two)
	if before == after {
		t.Error("a change left the stamp where it was")
	}
	s.Move(two)
	if s.Of(one, two) == after {
		t.Error("a change of the second topic left the stamp where it was")
	}
	if alone := s.Of(two); s.Of() != 0 || alone == 0 {
		t.Errorf("no topics have stamp %d, a moved one %d", s.Of(), alone)
	}
}

func TestAValueIsHandedOutWithItsStampOnly(t *testing.T) {
	c := NewCache[string, int](1 << 10)
	c.Put("a", 1, 7, 10)
	if v, ok := c.Get("a", 7); !ok || v != 1 {
		t.Errorf("kept %d %v, want 1", v, ok)
	}
	if _, ok := c.Get("a", 8); ok {
		t.Error("an outdated value was handed out")
	}
	if _, ok := c.Get("a", 7); ok {
		t.Error("an outdated value came back")
	}
	if c.size != 0 || c.recent.Len() != 0 {
		t.Errorf("the empty cache says it holds %d bytes", c.size)
	}
}

func TestTheCacheStaysWithinItsLimit(t *testing.T) {
	c := NewCache[int, int](100)
	for i := range 50 {
		c.Put(i, i, 0, 10)
		c.Get(0, 0) // stays, as the most used
	}
	if c.size != 100 || len(c.byKey) != 10 || c.recent.Len() != 10 {
		t.Errorf("it holds %d bytes, %d values", c.size, len(c.byKey))
	}
	if _, ok := c.Get(0, 0); !ok {
		t.Error("the value used last is gone")
	}
	c.Put(0, 5, 0, 12)
	if v, _ := c.Get(0, 0); v != 5 || c.size > 100 {
		t.Errorf("put again it is %d, in %d bytes", v, c.size)
	}
	c.Put(99, 1, 0, 13)
	if _, ok := c.Get(99, 0); ok {
		t.Error("a value larger than an eighth of the cache was kept")
	}
}
