package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"lectern"
	"lectern/internal/search"
)

// marked writes runs as a text with hits in brackets.
func marked(runs []search.Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Hit {
			b.WriteString("[" + r.Text + "]")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestHighlight(t *testing.T) {
	for _, test := range []struct {
		locale             lectern.Locale
		phrase, text, want string
	}{
		{"en", "reset passwords", "Resetting your Password.", "[Resetting] your [Password]."},
		{"en", "the password", "The password of the user", "The [password] of the user"},
		{"en", "foo_bar", "Set FOO_BAR=1", "Set [FOO_BAR]=1"},
		{"en", "1042", "Error E-1042!", "Error E-[1042]!"},
		{"en", "E-1042", "Error E-1042!", "Error [E-1042]!"},
		{"en", "oauth", "OAuth2 <b>", "[OAuth2] <b>"},
		{"en", "user", "user's user’s users'", "[user's] [user’s] [users]'"},
		{"en", "nothing", "of the kind", "of the kind"},
		{"en", "", "plain", "plain"},
		{"en", "x", "", ""},
		{"en", "pasword", "Password or passport", "[Password] or passport"},
		{"de", "Infektion", "Das Infektionsrisiko", "Das [Infektionsrisiko]"},
		{"fr", "creer", "Créer l’équipe", "[Créer] l’équipe"},
		{"fr", "équipe", "Créer l’équipe", "Créer l’[équipe]"},
		{"sr", "lozinka", "Заборављена лозинка", "Заборављена [лозинка]"},
		{"he", "סיסמה", "אפס את הסיסמה", "אפס את [הסיסמה]"},
		{"zh-CN", "重置密码", "如何重置您的密码？保密", "如何[重置]您的[密码]？保密"},
		{"zh-CN", "密", "密码保密", "[密]码保[密]"},
		{"ja", "パスワード", "パスワードの設定", "[パスワード]の設定"},
		{"ko", "비밀번호", "비밀번호를 재설정", "[비밀번호]를 재설정"},
		{"en", "b", "a\x00b\xffc", "a\x00[b]\xffc"},
	} {
		if got := marked(search.Highlight(search.ParseQuery(test.locale, test.phrase, search.Options{}), test.text)); got != test.want {
			t.Errorf("%s: %q in %q: %q, want %q", test.locale, test.phrase, test.text, got, test.want)
		}
	}
}

func TestWhatStandsForAWordIsHighlighted(t *testing.T) {
	text := "Hosting a site: Notifications"
	o, _, _ := help("en", text)
	o.Typing, o.Synonyms = true, [][]string{{"page", "site"}}
	for phrase, want := range map[string]string{
		"hosti":        "[Hosting] a site: Notifications",
		"my page":      "Hosting a [site]: Notifications",
		"ontifcations": "Hosting a site: [Notifications]",
	} {
		if got := marked(search.Highlight(search.ParseQuery("en", phrase, o), text)); got != want {
			t.Errorf("%q: %q, want %q", phrase, got, want)
		}
	}
}

func TestSnippets(t *testing.T) {
	filler := strings.Repeat("This sentence says nothing of interest. ", 20)
	text := filler + "You can reset it. A forgotten password is reset by mail. Then sign in. " + filler + "Your password is yours.\n" + filler
	q := search.ParseQuery("en", "reset password", search.Options{})
	got := search.Snippets(q, text, 3)
	if len(got) != 2 {
		t.Fatalf("%d passages, want 2", len(got))
	}
	if first := marked(got[0]); !strings.Contains(first, "You can [reset] it. A forgotten [password] is [reset] by mail.") || !strings.HasPrefix(first, "This sentence") {
		t.Errorf("best passage %q", first)
	}
	if second := marked(got[1]); !strings.Contains(second, "Your [password] is yours.") {
		t.Errorf("second passage %q", second)
	}
	if n := len(search.Snippets(q, text, 1)); n != 1 {
		t.Errorf("%d passages, want 1", n)
	}
	for _, n := range []int{0, -1} {
		if got := search.Snippets(q, text, n); got != nil {
			t.Errorf("Snippets(…, %d) = %v", n, got)
		}
	}
	if got := search.Snippets(q, filler, 3); got != nil {
		t.Errorf("passages of a text that does not match: %v", got)
	}
	if got := search.Snippets(q, "  Your password. ", 3); len(got) != 1 || marked(got[0]) != "Your [password]." {
		t.Errorf("passage of a short text: %v", got)
	}
}

func TestASnippetIsASentenceWithFewMarks(t *testing.T) {
	links := "Import invoices\nExport invoices\nInvoices by post\n"
	for _, test := range []struct {
		locale             lectern.Locale
		phrase, text, want string
	}{
		{"en", "export invoices", links + "You can export each invoice. Or not.", "You can [export] each [invoice]. Or not."},
		{"en", "export invoices", links, "Import [invoices]\n[Export] [invoices]\nInvoices by post"},
		{"en", "invoice", "An invoice is an invoice is an invoice is an invoice.", "An [invoice] is an [invoice] is an [invoice] is an invoice."},
		{"en", "invoice post", "An invoice, an invoice, an invoice, an invoice by post.", "An [invoice], an [invoice], an invoice, an invoice by [post]."},
		{"ja", "トークン", "ワークスペースのトークン一覧\nアクセストークンを作ります。", "アクセストークンを作ります。"},
	} {
		got := search.Snippets(search.ParseQuery(test.locale, test.phrase, search.Options{}), test.text, 1)
		if len(got) == 0 || !strings.Contains(strings.NewReplacer("[", "", "]", "").Replace(marked(got[0])), strings.NewReplacer("[", "", "]", "").Replace(test.want)) ||
			test.locale == "en" && marked(got[0]) != test.want {
			t.Errorf("%q gives %v, want %q", test.phrase, got, test.want)
		}
	}
}

func TestAPassageOfChineseIsCutBetweenCharacters(t *testing.T) {
	text := strings.Repeat("我们提供各种各样的帮助和服务", 30) + "请重置密码。" + strings.Repeat("我们提供各种各样的帮助和服务", 30)
	got := search.Snippets(search.ParseQuery("zh-CN", "重置密码", search.Options{}), text, 2)
	if len(got) != 1 {
		t.Fatalf("%d passages, want 1", len(got))
	}
	checkPassage(t, text, got[0])
	if n := utf8.RuneCountInString(join(got[0])); n < 80 || n > 160 {
		t.Errorf("%d characters: %s", n, marked(got[0]))
	}
}

func join(runs []search.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// checkRuns states what holds of all runs.
func checkRuns(t *testing.T, runs []search.Run) {
	t.Helper()
	for i, r := range runs {
		if r.Text == "" {
			t.Errorf("run %d is empty", i)
		}
		if i > 0 && runs[i-1].Hit == r.Hit {
			t.Errorf("runs %d and %d are of a kind", i-1, i)
		}
	}
}

// checkPassage states what holds of all passages.
func checkPassage(t *testing.T, text string, runs []search.Run) {
	t.Helper()
	checkRuns(t, runs)
	joined, hit := join(runs), false
	for _, r := range runs {
		hit = hit || r.Hit
	}
	if !hit || !strings.Contains(text, joined) || utf8.RuneCountInString(joined) > 2*160 {
		t.Errorf("passage %q of %d characters, hit: %v", joined, utf8.RuneCountInString(joined), hit)
	}
	if joined != strings.TrimSpace(joined) {
		t.Errorf("passage %q has space around it", joined)
	}
}

// Work that grew as the square of the text would not end in the time that tests
// are given.
func TestAnyTextIsReadToItsEnd(t *testing.T) {
	for _, text := range hostile() {
		text = strings.Repeat(text+" ", 1+20_000/(len(text)+1))
		for _, l := range []lectern.Locale{"en", "ja", "ar", "vi", "pl"} {
			q := search.ParseQuery(l, text, search.Options{})
			search.Index(l, search.Document{Body: text})
			checkRuns(t, search.Highlight(q, text))
			search.Snippets(q, text, 100)
		}
	}
}

func FuzzHighlight(f *testing.F) {
	for i, text := range hostile() {
		f.Add(uint8(i), text[:min(len(text), 200)], "reset "+text[:min(len(text), 50)])
	}
	for i, l := range lectern.Locales {
		f.Add(uint8(i), titles[l], titles[l])
	}
	f.Fuzz(func(t *testing.T, locale uint8, text, phrase string) {
		l := lectern.Locales[int(locale)%len(lectern.Locales)]
		q := search.ParseQuery(l, phrase, search.Options{})
		if len(q.Terms) > 32 {
			t.Errorf("%d terms", len(q.Terms))
		}
		for _, term := range append(search.Index(l, search.Document{Title: text}).Terms(), q.Terms...) {
			if !wellFormed(term) {
				t.Errorf("term %q", term)
			}
		}
		runs := search.Highlight(q, text)
		checkRuns(t, runs)
		if got := join(runs); got != text {
			t.Errorf("runs of %q join to %q", text, got)
		}
		passages := search.Snippets(q, text, 3)
		for _, p := range passages {
			checkPassage(t, text, p)
		}
		if (len(passages) > 0) != (len(runs) > 1 || len(runs) == 1 && runs[0].Hit) {
			t.Errorf("%d passages of runs %v", len(passages), runs)
		}
	})
}

func TestMarkingKnowsWhatStandsForThePhraseAndWhatLooksLikeIt(t *testing.T) {
	q := search.Marking("de", "Pasword bei Infektion", []string{"infektion", "kennwort"})
	if got, want := marked(search.Highlight(q, "Das Kennwort, das Passwort und das Infektionsrisiko")), "Das [Kennwort], das Passwort und das [Infektionsrisiko]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
