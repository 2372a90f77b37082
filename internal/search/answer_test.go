package search_test

import (
	"fmt"
	"slices"
	"testing"

	"lectern"
	"lectern/internal/search"
)

// share is how much of a query's information a text has.
func share(q search.Query, e search.Entry, stats search.Stats) float64 {
	has := map[uint32]bool{}
	for _, t := range e.Terms() {
		has[search.Hash(t)] = true
	}
	words := uint64(0)
	for _, x := range q.Evidence() {
		if has[x.Hash] {
			words |= x.Words
		}
	}
	needs := q.Needs(stats.Docs)
	return needs.Share(words)
}

func TestATextWithAFormOfEveryWordAnswers(t *testing.T) {
	for _, test := range []struct {
		locale             lectern.Locale
		phrase, text, none string // a text that answers, and one that only looks alike
	}{
		{"en", "invoice", "Send the invoice to a customer.", "Involve others"},
		{"en", "wifi", "Turn on Wi-Fi", "A wife"},
		{"en", "wi-fi", "Turn on wifi", "A wife"},
		{"en", "e-mail", "Email us", "Male and female"},
		{"en", "invoi", "The invoice", "Voice"},
		{"en", "pasword", "Your password", "Passport"},
		{"de", "Rechn", "Rechnungsadresse ändern", "Zeichnen"},
		{"de", "Kreditkarte", "Öffnen Sie die Kreditkartenzahlung.", "Kredite"},
		{"de", "Karte", "Mit Kreditkarte bezahlen", "Starten"},
		{"de", "Rechnungen", "Ihre Rechnungsadresse", "Zeichnungen"},
		{"nl", "wachtwoord", "Een wachtwoordbeheerder", "Woorden"},
		{"sv", "lösenord", "Lösenordshanterare", "Ordning"},
		{"fi", "salasana", "Salasananvaihto", "Sanat"},
		{"ar", "إعدادات", "افتح الإعدادات واختر الحساب.", "المرور"},
		{"ar", "الإعدادات", "إعدادات الحساب", "المرور"},
		{"ar", "حساب", "وبالحساب", "المرور"},
		{"he", "הגדרות", "פתחו את ההגדרות", "סיסמה"},
		{"he", "חשבון", "ושבחשבון", "סיסמה"},
		{"ja", "パスワード", "パスワードを変更する", "スワップ"},
		{"ja", "ぱすわーど", "パスワードを変更する", "スワップ"},
		{"ja", "ぱすわ", "パスワードを変更する", "スワップ"},
		{"ja", "ぱすわーどをわすれた", "パスワードをわすれた", "スワップ"},
		{"ja", "トークン", "アクセストークンを作る", "ワークスペース"},
		{"ja", "ﾄｰｸﾝ", "トークン", "ワークスペース"},
		{"ko", "비밀번호", "비밀번호를 변경하세요", "번지"},
		{"cs", "heslo", "Zadejte heslem", "Hlas"},
	} {
		o, list, stats := help(test.locale, "x|"+test.text, "x|"+test.none)
		o.Typing, o.Answers = true, true
		q := search.ParseQuery(test.locale, test.phrase, o)
		if got := share(q, list[0], stats); got < 1-1e-9 {
			t.Errorf("%s: %q has %.2f of %q", test.locale, test.text, got, test.phrase)
		}
		if got := share(q, list[1], stats); got > 0 {
			t.Errorf("%s: %q has %.2f of %q", test.locale, test.none, got, test.phrase)
		}
	}
}

func TestAWordOfEveryTextAnswers(t *testing.T) {
	for n := 1; n < 20; n++ {
		var texts []string
		for i := range n {
			texts = append(texts, fmt.Sprintf("Title %d|the invoice", i))
		}
		o, list, stats := help("en", append(texts, "Other|text")...)
		o.Answers = true
		q := search.ParseQuery("en", "invoice", o)
		if got := share(q, list[0], stats); got < 1-1e-9 {
			t.Errorf("one of %d texts has %.2f of the phrase", n, got)
		}
	}
}

func TestTheShareOfAQuestionIsThatOfItsRareWords(t *testing.T) {
	texts := []string{"Reset your password|Click the link to reset it."}
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("Topic %d of many|Click the link to do thing %d.", i, i))
	}
	o, list, stats := help("en", texts...)
	o.Answers = true
	for phrase, want := range map[string]bool{
		"reset password": true, "password": true, "link": true, "how do I reset the password of a moon": true,
		"how to get to the moon by a link to it": false, "a link between moon and mars": false,
	} {
		if got := share(search.ParseQuery("en", phrase, o), list[0], stats) >= search.PartShare; got != want {
			t.Errorf("%q: answered %v", phrase, got)
		}
	}
}

func TestASynonymOfSeveralWordsStandsForAllOfThem(t *testing.T) {
	o, list, stats := help("en", "x|Your invoice", "x|For sale")
	o.Answers, o.Synonyms = true, [][]string{{"bill of sale", "invoice"}}
	if got := share(search.ParseQuery("en", "bill of sale", o), list[0], stats); got < 1-1e-9 {
		t.Errorf("the synonym has %.2f of the phrase", got)
	}
}

func TestWordsThatSayLittleAreNoQuestion(t *testing.T) {
	for phrase, want := range map[string]bool{"how do I": true, "-I": true, "the": true, "how do I pay": false, "?": true, "": true} {
		if got := search.ParseQuery("en", phrase, search.Options{}).Little(); got != want {
			t.Errorf("%q says little: %v", phrase, got)
		}
	}
	if search.ParseQuery("en", "the who", search.Options{Keep: []string{"who"}}).Little() {
		t.Error("a kept word says little")
	}
}

func TestQuotedRuns(t *testing.T) {
	for phrase, want := range map[string][]string{
		`say "reset password" now`: {"reset password"}, `“one” „zwei“ «trois» 「四」`: {"one", "zwei", "trois", "四"},
		`"open`: nil, `""`: nil, `5" pipe`: nil, `"a" "b" "c" "d" "e"`: {"a", "b", "c", "d"}, "none": nil,
	} {
		if got := search.Quoted(phrase); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", phrase, got, want)
		}
	}
	for _, test := range []struct {
		locale    lectern.Locale
		run, text string
		want      bool
	}{
		{"en", "reset the password", "How to RESET the password.", true},
		{"en", "reset password", "How to reset the password.", false},
		{"en", "password", "Your passwords", false},
		{"en", "wi-fi", "Turn on Wi-Fi", true},
		{"ja", "パスワードを忘れた", "もしパスワードを忘れたら", true},
		{"ja", "忘れたパスワード", "もしパスワードを忘れたら", false},
		{"de", "straße", "Die STRASSE", true},
	} {
		if got := search.HasRuns(test.locale, []string{test.run}, "title", test.text); got != test.want {
			t.Errorf("%q in %q: %v", test.run, test.text, got)
		}
	}
}
