package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lectern"
	"lectern/internal/store"
)

// FTS5 only says which rows have a token. A row is one text; its number is
// that of the object and, in the lowest six bits, that of the locale. A token
// is a word behind the workspace, the locale, the state and the kind of its
// text, so the rows with a token are exactly those a search asks for. The marks
// between them are control characters that no word has; they lie beyond ASCII,
// so the tokenizer takes them for letters.
const (
	anywhere = "\u0091" // before a word
	inTitle  = "\u0092" // before a word that is in the title
	apart    = "\u0093" // after the workspace, after the locale and before a kind
)

// kinds are what tokens call the kinds of objects. The names are in the
// database.
var kinds = map[lectern.ObjectKind]string{
	lectern.ArticleObject:         "", // from a time when there were only articles
	lectern.InternalArticleObject: apart + "i",
	lectern.SnippetObject:         apart + "s",
	lectern.ExternalPageObject:    apart + "e",
}

// localeBits is how many bits of a row's number are the locale's.
const localeBits = 6

// numbered are the locales by their number. The numbers are in the database:
// a new locale goes to the end.
var numbered = []lectern.Locale{
	"ar", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr",
	"he", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "mn", "nb", "nl", "pl",
	"pt", "ro", "ru", "sl", "sr", "sv", "tr", "vi", "pt-BR", "zh-CN", "zh-TW",
}

// PutWords implements store.Engine.
func (e *engine) PutWords(c store.Conn, t store.TextKey, w store.Words) error {
	row, space, err := place(t, w.State)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, word := range w.All {
		text.WriteString(space + anywhere + word + " ")
	}
	for _, word := range w.Title {
		text.WriteString(space + inTitle + word + " ")
	}
	_, err = c.Exec(`INSERT INTO search_doc (rowid, words) VALUES ($1, $2)`, row, text.String())
	return err
}

// DropWords implements store.Engine.
func (e *engine) DropWords(c store.Conn, t store.TextKey) error {
	row, _, err := place(t, "")
	if err != nil {
		return err
	}
	_, err = c.Exec(`DELETE FROM search_doc WHERE rowid = $1`, row)
	return err
}

// Postings implements store.Engine. The rows come as one text, since a row by
// itself costs the driver more than finding it costs SQLite.
func (e *engine) Postings(c store.Conn, p store.Posting) ([]int64, error) {
	mark := anywhere
	if p.Title {
		mark = inTitle
	}
	var tokens []string
	for _, kind := range p.Kinds {
		for _, s := range p.States {
			_, space, err := place(store.TextKey{Workspace: p.Workspace, Object: lectern.Object{Kind: kind}, Locale: p.Locale}, s)
			if err != nil {
				return nil, err
			}
			tokens = append(tokens, quote(space+mark+p.Word))
		}
	}
	rows, err := c.Query(`SELECT COALESCE(group_concat(rowid), '') FROM search_doc WHERE search_doc MATCH $1`,
		strings.Join(tokens, " OR "))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []byte
	if rows.Next() {
		if err := rows.Scan(&list); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return objects(list)
}

// place returns the number of a text's row and what its tokens begin with.
func place(t store.TextKey, s lectern.State) (row int64, space string, err error) {
	locale := slices.Index(numbered, t.Locale)
	kind, known := kinds[t.Kind]
	if locale < 0 || !known || t.ID >= 1<<(63-localeBits) {
		return 0, "", fmt.Errorf("%s %d in locale %q cannot be indexed", t.Kind, t.ID, t.Locale)
	}
	space = strconv.FormatInt(int64(t.Workspace), 10) + apart + strconv.Itoa(locale) + apart + string(s) + kind
	return t.ID<<localeBits | int64(locale), space, nil
}

// quote makes a token of FTS5's query language that is nothing but a token.
func quote(token string) string { return `"` + strings.ReplaceAll(token, `"`, `""`) + `"` }

// objects reads the objects off a list of row numbers with commas between.
func objects(list []byte) ([]int64, error) {
	var ids []int64
	var row int64
	for i, b := range list {
		if b != ',' {
			row = row*10 + int64(b-'0')
		}
		if b == ',' || i == len(list)-1 {
			ids = append(ids, row>>localeBits)
			row = 0
		}
	}
	// FTS5 finds rows in the order of their numbers, but does not promise it.
	if !slices.IsSorted(ids) {
		slices.Sort(ids)
	}
	return ids, nil
}
