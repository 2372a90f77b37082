package reference

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// A notation is how a language writes values.
type notation struct {
	open, close         string // of an object
	empty               string // an object without fields
	openList, closeList string
	key                 func(string) string // with what follows it
	str                 func(string) string
	null, yes, no       string
	indent              string
	trailing            bool // a comma follows the last entry of several lines
}

var (
	jsonNotation = notation{open: "{", close: "}", empty: "{}", openList: "[", closeList: "]",
		key: func(k string) string { return quoted(k) + ": " }, str: quoted, null: "null", yes: "true", no: "false", indent: "  "}
	nodeNotation = with(jsonNotation, func(n *notation) {
		n.key = func(k string) string { return k + ": " }
		n.trailing = true
	})
	pythonNotation = with(jsonNotation, func(n *notation) {
		n.null, n.yes, n.no, n.indent, n.trailing = "None", "True", "False", "    ", true
	})
	rubyNotation = with(jsonNotation, func(n *notation) {
		n.key = func(k string) string { return k + ": " }
		n.str = func(s string) string { return strings.ReplaceAll(quoted(s), "#", `\#`) }
		n.null = "nil"
	})
	phpNotation = with(jsonNotation, func(n *notation) {
		n.open, n.close, n.empty = "[", "]", "new stdClass()"
		n.key = func(k string) string { return single(k) + " => " }
		n.str, n.indent, n.trailing = single, "    ", true
	})
	rNotation = with(jsonNotation, func(n *notation) {
		n.open, n.close, n.openList, n.closeList = "list(", ")", "list(", ")"
		n.empty = "setNames(list(), character())"
		n.key = func(k string) string { return k + " = " }
		n.null, n.yes, n.no = "NULL", "TRUE", "FALSE"
	})
)

func with(n notation, change func(*notation)) notation {
	change(&n)
	return n
}

// write writes a value whose lines after the first begin with indent.
func (n notation) write(v any, indent string) string {
	switch v := v.(type) {
	case nil:
		return n.null
	case bool:
		if v {
			return n.yes
		}
		return n.no
	case string:
		return n.str(v)
	case *object:
		if len(v.Keys()) == 0 {
			return n.empty
		}
		var parts []string
		for _, k := range v.Keys() {
			parts = append(parts, n.key(k)+n.write(v.Get(k), indent+n.indent))
		}
		return n.enclose(n.open, n.close, parts, indent)
	case []any:
		var parts []string
		for _, e := range v {
			parts = append(parts, n.write(e, indent+n.indent))
		}
		if line := strings.Join(parts, ", "); len(line) < 60 && !strings.Contains(line, "\n") {
			return n.openList + line + n.closeList
		}
		return n.enclose(n.openList, n.closeList, parts, indent)
	}
	return fmt.Sprint(v) // a number
}

// enclose puts parts between brackets, each on a line of its own.
func (n notation) enclose(open, close string, parts []string, indent string) string {
	if len(parts) == 0 {
		return open + close
	}
	inner := "\n" + indent + n.indent
	end := "\n" + indent + close
	if n.trailing {
		end = "," + end
	}
	return open + inner + strings.Join(parts, ","+inner) + end
}

// quoted is a string as JSON has it, which most languages read, too.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(s)
	return strings.TrimSuffix(b.String(), "\n")
}

// single is a string between single quotes, as PHP reads it.
func single(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// shell is a string between single quotes, as a shell reads it.
func shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
