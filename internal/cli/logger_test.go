package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestDurationsInLogsCarryTheirUnit(t *testing.T) {
	var b bytes.Buffer
	newLogger(&b).Info("request", "took", 1234567*time.Nanosecond, "waited", time.Minute, "bytes", 7)
	for _, want := range []string{`"took_ms":1.235,`, `"waited_ms":60000,`, `"bytes":7`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, &b)
		}
	}
}
