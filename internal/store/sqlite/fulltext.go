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
// that of the article and, in the lowest six bits, that of the locale. A token
// is a word behind the workspace, the locale and the state of its text, so the
// rows with a token are exactly those a search asks for. The marks between
// them are control characters that no word has; they lie beyond ASCII, so the
// tokenizer takes them for letters.
const (
	anywhere = "\u0091" // before a word
	inTitle  = "\u0092" // before a word that is in the title
	apart    = "\u0093" // after the workspace and after the locale
)

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
func (e *engine) Postings(c store.Conn, p store.Posting) ([]lectern.ArticleID, error) {
	mark := anywhere
	if p.Title {
		mark = inTitle
	}
	var tokens []string
	for _, s := range p.States {
		_, space, err := place(store.TextKey{Workspace: p.Workspace, Locale: p.Locale}, s)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, quote(space+mark+p.Word))
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
	return articles(list)
}

// place returns the number of a text's row and what its tokens begin with.
func place(t store.TextKey, s lectern.State) (row int64, space string, err error) {
	locale := slices.Index(numbered, t.Locale)
	if locale < 0 || t.Article >= 1<<(63-localeBits) {
		return 0, "", fmt.Errorf("article %d in locale %q cannot be indexed", t.Article, t.Locale)
	}
	space = strconv.FormatInt(int64(t.Workspace), 10) + apart + strconv.Itoa(locale) + apart + string(s)
	return int64(t.Article)<<localeBits | int64(locale), space, nil
}

// quote makes a token of FTS5's query language that is nothing but a token.
func quote(token string) string { return `"` + strings.ReplaceAll(token, `"`, `""`) + `"` }

// articles reads the articles off a list of row numbers with commas between.
func articles(list []byte) ([]lectern.ArticleID, error) {
	var ids []lectern.ArticleID
	var row int64
	for i, b := range list {
		if b != ',' {
			row = row*10 + int64(b-'0')
		}
		if b == ',' || i == len(list)-1 {
			ids = append(ids, lectern.ArticleID(row>>localeBits))
			row = 0
		}
	}
	// FTS5 finds rows in the order of their numbers, but does not promise it.
	if !slices.IsSorted(ids) {
		slices.Sort(ids)
	}
	return ids, nil
}
