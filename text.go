package lectern

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxDescription is the greatest length of a description in characters: lists
// show all of it.
const MaxDescription = 10_000

// setTitle sets *text, a title or name, to *value unless value is nil. Control
// characters leave it, see CleanText. It returns Invalid for one that shows
// nothing, more than max characters or a NUL.
func setTitle(text, value *string, field string, max int) error {
	if value == nil {
		return nil
	}
	line := CleanText(*value)
	if err := setText(&line, &line, field, max); err != nil {
		return err
	}
	if Blank(line) {
		return Invalidf(field, "%s must not be blank", field)
	}
	*text = line
	return nil
}

// setTranslation is setTitle for a title or name in a language that may be
// without one: the empty text takes it away.
func setTranslation(text, value *string, field string, max int) error {
	if value != nil && *value == "" {
		*text = ""
		return nil
	}
	return setTitle(text, value, field, max)
}

// setDescription sets *text to *value unless value is nil. Control characters
// leave it, see CleanText. It returns Invalid for more than
// MaxDescription characters or a NUL.
func setDescription(text, value *string) error {
	if value == nil {
		return nil
	}
	return setText(text, new(CleanText(*value)), "description", MaxDescription)
}

// setText sets *text to *value unless value is nil. It returns Invalid for more
// than max characters (zero is no limit) or a NUL, which not every database
// can keep.
func setText(text, value *string, field string, max int) error {
	if value == nil {
		return nil
	}
	if max > 0 && utf8.RuneCountInString(*value) > max {
		return Invalidf(field, "%s is too long (maximum is %d characters)", field, max)
	}
	if strings.ContainsRune(*value, 0) {
		return Invalidf(field, "%s must not contain a NUL character", field)
	}
	*text = *value
	return nil
}

// Blank reports whether text shows nothing: it is empty, or holds white space,
// control characters and others without a glyph alone.
func Blank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !isStray(r) && r != '\u2800' &&
			!unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
	})
}

// CleanName returns a name without its control characters and the white space
// around it.
func CleanName(name string) string { return strings.TrimSpace(CleanText(name)) }

// CleanText returns text without control characters, as bodies are without
// them; line breaks and tabs stay. So does a NUL, and what is no UTF-8: these
// are to be refused.
func CleanText(text string) string {
	if strings.IndexFunc(text, isStray) < 0 || !utf8.ValidString(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isStray(r) {
			return -1
		}
		return r
	}, text)
}

// isStray reports whether r is a control character that can be left out, or
// one that no document may hold.
func isStray(r rune) bool {
	switch r {
	case 0, '\t', '\n', '\r':
		return false
	}
	return r < ' ' || r == '\x7f' || r == '\ufffe' || r == '\uffff'
}
