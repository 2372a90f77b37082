package kept

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// A kitchen counts who makes a value, the stamp it is made at.
type kitchen struct {
	*Cache[string, uint64]
	now    atomic.Uint64 // the stamp
	makers atomic.Int64  // at this moment
	most   atomic.Int64
	made   atomic.Int64
	goOn   chan bool // a maker waits for a value
}

func newKitchen() *kitchen {
	return &kitchen{Cache: NewCache[string, uint64](1 << 10), goOn: make(chan bool)}
}

func (k *kitchen) ask(ctx context.Context, key string) (uint64, error) {
	return k.Make(ctx, key, Recipe[uint64]{Stamp: k.now.Load, Make: func(ctx context.Context) (uint64, int, error) {
		n := k.makers.Add(1)
		defer k.makers.Add(-1)
		k.most.Store(max(k.most.Load(), n))
		k.made.Add(1)
		sees := k.now.Load()
		select {
		case ok := <-k.goOn:
			if !ok {
				panic("burnt")
			}
			return sees, 8, nil
		case <-ctx.Done():
			return 0, None, ctx.Err()
		}
	}})
}

func TestManyWhoAskAtOnceHaveOneMaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKitchen()
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				if _, err := k.ask(t.Context(), "a"); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		k.goOn <- true
		group.Wait()
		if k.made.Load() != 1 {
			t.Errorf("made %d times", k.made.Load())
		}
		if v, err := k.ask(t.Context(), "a"); v != 0 || err != nil || k.made.Load() != 1 {
			t.Errorf("it was not kept: %d, %v", v, err)
		}
	})
}

func TestNobodyGetsAValueFromBeforeTheyCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKitchen()
		var group sync.WaitGroup
		for came := range uint64(20) { // each after a change
			k.now.Store(came)
			group.Go(func() {
				if v, err := k.ask(t.Context(), "a"); err != nil || v < came {
					t.Errorf("who came at %d got what was made at %d, %v", came, v, err)
				}
			})
			synctest.Wait()
		}
		k.goOn <- true // the first maker's, who began at 0
		k.goOn <- true // one for all who came later
		group.Wait()
		if k.most.Load() != 1 || k.made.Load() != 2 {
			t.Errorf("%d makers at once, %d in all", k.most.Load(), k.made.Load())
		}
	})
}

func TestWhoLeavesWaitsForNothingAndTakesNothingFromOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKitchen()
		first, firstLeaves := context.WithCancel(t.Context())
		second, secondLeaves := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() { k.ask(first, "a") }) // the maker
		synctest.Wait()
		group.Go(func() {
			if _, err := k.ask(second, "a"); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v", err)
			}
		})
		group.Go(func() {
			if _, err := k.ask(t.Context(), "a"); err != nil {
				t.Errorf("who stayed got %v", err)
			}
		})
		synctest.Wait()
		firstLeaves()
		secondLeaves()
		synctest.Wait()
		k.goOn <- true
		group.Wait()
		if k.made.Load() != 1 {
			t.Errorf("made %d times", k.made.Load())
		}
	})
}

func TestWhatNobodyWaitsForIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKitchen()
		ctx, leave := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := k.ask(ctx, "a"); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v", err)
			}
		})
		synctest.Wait()
		leave()
		group.Wait()
		group.Go(func() {
			if _, err := k.ask(t.Context(), "a"); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		k.goOn <- true
		group.Wait()
	})
}

func TestAMakerThatPanicsFreesTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKitchen()
		var group sync.WaitGroup
		group.Go(func() {
			defer func() {
				if fault, _ := recover().(string); !strings.Contains(fault, "burnt") {
					t.Errorf("the maker heard %q", fault)
				}
			}()
			k.ask(t.Context(), "a")
		})
		synctest.Wait()
		for range 5 {
			group.Go(func() {
				if _, err := k.ask(t.Context(), "a"); !errors.Is(err, errFault) {
					t.Errorf("who waited got %v", err)
				}
			})
		}
		synctest.Wait()
		k.goOn <- false
		group.Wait()
		group.Go(func() {
			if _, err := k.ask(t.Context(), "a"); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		k.goOn <- true
		group.Wait()
	})
}

func TestAValueThatIsNotFreshIsMadeAnew(t *testing.T) {
	c := NewCache[string, int](1 << 10)
	made := 0
	for range 3 {
		if _, err := c.Make(t.Context(), "a", Recipe[int]{
			Stamp: func() uint64 { return 0 },
			Make:  func(context.Context) (int, int, error) { made++; return made, 8, nil },
			Fresh: func(v int) bool { return v > 1 },
		}); err != nil {
			t.Fatal(err)
		}
	}
	if made != 2 {
		t.Errorf("made %d times, want 2", made)
	}
}
