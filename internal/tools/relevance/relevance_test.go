package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lectern"
	"lectern/internal/testpg"
	"lectern/internal/testshared"
)

// floors are nDCG@10 of the dev split that may not be lost, about .01 below
// what was measured when they were set; a set in several languages has the
// mean of them.
var floors = map[string]float64{
	"stackfaq": .822, "stackfaq-typo": .814, "rutube-ru": .636, "itafaq": .851, "covid-deepset": .585,
	"liveqa-pool-short": .915, "liveqa-pool-long": .77, "hint3-curekart": .87, "hint3-powerplay11": .77,
	"hint3-sofmattress": .815, "xquad": .97, "lohelp": .882,
	"lohelp-full": .697,
}

func TestRelevanceOfPublicJudgmentsIsNotLost(t *testing.T) {
	public := testshared.Need(t, "relevance")
	for name, floor := range floors {
		t.Run(name, func(t *testing.T) {
			s, err := readSet(filepath.Join(public, name), "dev", "")
			if err != nil {
				t.Fatal(err)
			}
			answers, err := askInProcess(t.Context(), s, false)
			if err != nil {
				t.Fatal(err)
			}
			macro := 0.0
			locales := byLocale(answers)
			for _, list := range locales {
				macro += summarize(list).ndcg / float64(len(locales))
			}
			if macro < floor {
				t.Errorf("nDCG@10 = %.3f, want at least %.3f", macro, floor)
			}
			if zero := summarize(answers).zero; zero > 0.011 {
				t.Errorf("%.3f of the questions find nothing", zero)
			}
		})
	}
}

func TestTheSiteIsSilentWhereNothingAnswers(t *testing.T) {
	public := testshared.Need(t, "relevance")
	asked, silent, recall, lost := 0.0, 0.0, 0.0, 0.0
	for _, name := range []string{"hint3-curekart", "hint3-powerplay11", "hint3-sofmattress"} {
		s, err := readSet(filepath.Join(public, name), "dev", "")
		if err != nil {
			t.Fatal(err)
		}
		all, err := askInProcess(t.Context(), s, false)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := askInProcess(t.Context(), s, true)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range shown {
			switch {
			case a.Judged:
				recall++
				if a.Zero {
					lost += all[i].Recall
				}
			default:
				asked++
				if a.Zero {
					silent++
				}
			}
		}
	}
	if silent/asked < 0.31 || lost/recall > 0.02 {
		t.Errorf("silent on %.3f of what nothing answers, for %.3f of Recall@10", silent/asked, lost/recall)
	}
}

func TestJudge(t *testing.T) {
	grades := map[string]float64{"a": 3, "b": 1, "c": 0, "d": 2}
	for _, test := range []struct {
		name              string
		ids               []string
		ndcg, mrr, recall float64
		zero              bool
	}{
		{"the best order", []string{"a", "d", "b"}, 1, 1, 1, false},
		{"nothing", nil, 0, 0, 0, true},
		{"only what is no answer", []string{"c", "x"}, 0, 0, 0, false},
		{"one at place two", []string{"c", "d"}, 2 / math.Log2(3) / (3 + 2/math.Log2(3) + 1/math.Log2(4)), 0.5, 1. / 3, false},
		{"beyond place ten", append(slices.Repeat([]string{"x"}, 10), "a"), 0, 0, 0, false},
	} {
		got := judge(question{ID: "q"}, test.ids, grades, 0)
		if math.Abs(got.NDCG-test.ndcg) > 1e-9 || got.MRR != test.mrr || math.Abs(got.Recall-test.recall) > 1e-9 || got.Zero != test.zero || !got.Judged {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	if judge(question{}, []string{"c"}, map[string]float64{"c": 0}, 0).Judged {
		t.Error("a question that nothing answers counts as judged")
	}
}

func TestPairedTellsChangeFromChance(t *testing.T) {
	var before, better, mixed []answer
	for i := range 40 {
		a := answer{Question: string(rune('a' + i)), Group: string(rune('a' + i)), Judged: true, NDCG: 0.5}
		before = append(before, a)
		a.NDCG = 0.6
		better = append(better, a)
		a.NDCG = 0.5 + 0.1*float64(i%2*2-1)
		mixed = append(mixed, a)
	}
	if d, up, down, p := paired(better, before); math.Abs(d-0.1) > 1e-9 || up != 40 || down != 0 || p > 0.01 {
		t.Errorf("all better: %.3f, %d, %d, p = %.3f", d, up, down, p)
	}
	if d, up, down, p := paired(mixed, before); math.Abs(d) > 1e-9 || up != 20 || down != 20 || p < 0.9 {
		t.Errorf("half better: %.3f, %d, %d, p = %.3f", d, up, down, p)
	}
	for i := range better {
		better[i].Group = "one"
	}
	if _, _, _, p := paired(better, before); p < 0.4 {
		t.Errorf("paraphrases of one need count as many: p = %.3f", p)
	}
}

func TestPercentile(t *testing.T) {
	list := []answer{{Took: 4}, {Took: 1}, {Took: 3}, {Took: 2}}
	for share, want := range map[float64]time.Duration{0.5: 2, 0.95: 4, 0: 1} {
		if got := percentile(list, share); got != want {
			t.Errorf("percentile(%v) = %d, want %d", share, got, want)
		}
	}
}

// writeSet makes a set of two articles in English and German.
func writeSet(t *testing.T) string {
	dir := t.TempDir()
	var corpus bytes.Buffer
	z := gzip.NewWriter(&corpus)
	z.Write([]byte(`{"id":"1","locale":"en","group":"g1","title":"Reset your password","body_html":"<p>Click.</p>"}
{"id":"2","locale":"en","group":"g2","title":"Pay an invoice","body_html":"<p>By card.</p>"}
{"id":"3","locale":"de","group":"g1","title":"Passwort zurücksetzen","body_html":"<p>Klicken.</p>"}
{"id":"4","locale":"de","group":"g2","title":"Rechnung bezahlen","body_html":"<p>Mit Karte.</p>"}
`))
	z.Close()
	for name, text := range map[string]string{
		"corpus.jsonl.gz": corpus.String(),
		"queries.dev.jsonl": `{"id":"q1","locale":"en","text":"forgot my pasword"}
{"id":"q2","locale":"de","text":"wie kann ich die Rechnung zahlen"}
{"id":"q3","locale":"en","text":"giraffe"}
`,
		"qrels.dev.tsv": "q1\t0\t1\t1\nq2\t0\t4\t1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAServerOfItsOwnAndThisProcessGiveTheSameFigures(t *testing.T) {
	dir := writeSet(t)
	save := filepath.Join(t.TempDir(), "run.json")
	for _, args := range [][]string{{"--in-process", "--save", save}, {"--against", save}, {"--locale", "de"}} {
		var out, errs strings.Builder
		if status := run(context.Background(), append([]string{"--data", dir}, args...), &out, &errs); status != 0 {
			t.Fatalf("%v: status %d: %s", args, status, &errs)
		}
		for _, want := range []string{"nDCG@10 1.0000", "Recall@10 1.0000", "zero 0.0 %"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%v does not print %q:\n%s", args, want, &out)
			}
		}
		// This process finds documents, the server articles of two: nothing is the same.
		if args[0] == "--against" && !strings.Contains(out.String(), "nDCG@10 +0.0000, 0 better, 0 worse, p = 1.000\n  1 of 3 questions have the same first ten") {
			t.Errorf("no comparison:\n%s", &out)
		}
		if args[0] != "--locale" && !strings.Contains(out.String(), "1 questions nothing answers: 1 found nothing") {
			t.Errorf("%v does not tell of the question without answer:\n%s", args, &out)
		}
	}
}

// shop is a small help center in three languages: topics that share words,
// texts that tie, and names of products.
var shop = []struct{ en, de, ru string }{
	{"Reset your password|Open Settings and choose Reset. We send a link.", "Passwort zurücksetzen|Öffne die Einstellungen und wähle Zurücksetzen.", "Сброс пароля|Откройте настройки и выберите «Сбросить»."},
	{"Change your password|Open Settings and choose Change.", "Passwort ändern|Öffne die Einstellungen und wähle Ändern.", "Смена пароля|Откройте настройки и выберите «Сменить»."},
	{"Change your e-mail address|We send a link to the new address.", "E-Mail-Adresse ändern|Wir schicken einen Link an die neue Adresse.", "Смена адреса почты|Мы отправим ссылку на новый адрес."},
	{"Pay an invoice|By card or transfer. Refunds take a week.", "Rechnung bezahlen|Mit Karte oder per Überweisung.", "Оплата счёта|Картой или переводом."},
	{"Get a refund|Ask within 30 days of the invoice.", "Geld zurückbekommen|Frage innerhalb von 30 Tagen nach der Rechnung.", "Возврат денег|В течение 30 дней после счёта."},
	{"Error E-1042|The card was declined: error E-1042.", "Fehler E-1042|Die Karte wurde abgelehnt.", "Ошибка E-1042|Карта отклонена."},
	{"Error E-1043|The card has expired: error E-1043.", "Fehler E-1043|Die Karte ist abgelaufen.", "Ошибка E-1043|Срок действия карты истёк."},
	{"Sign in with OAuth2|Set client_id and client_secret.", "Mit OAuth2 anmelden|Setze client_id und client_secret.", "Вход через OAuth2|Задайте client_id и client_secret."},
	{"Delivery|Parcels take three days.", "Lieferung|Pakete brauchen drei Tage.", "Доставка|Посылки идут три дня."},
	{"Delivery abroad|Parcels take three weeks.", "Lieferung ins Ausland|Pakete brauchen drei Wochen.", "Доставка за границу|Посылки идут три недели."},
	{"Delivery|Parcels take three days.", "Lieferung|Pakete brauchen drei Tage.", "Доставка|Посылки идут три дня."},
}

// askings are questions to the shop.
var askings = []string{
	"password", "pasword", "how do I change my password", "reset", "e-mail", "E-1042", "e1043", "error card", "client_id", "oauth",
	"delivery", "Delivery abroad", "parcels three days", "where is my parcel", "the", "invoice refund", "giraffe", "*", "title:x OR (",
	"Passwort", "Passwörter", "rechnungen", "überweisung bezahlen", "Karte abgelehnt", "пароль", "парол", "возврат денег за счет", "gfhjkm", "доставка", "RAUS",
}

func TestSQLiteAndPostgreSQLGiveTheSameFirstTen(t *testing.T) {
	s := &set{name: "shop"}
	for i, topic := range shop {
		for l, text := range map[lectern.Locale]string{"en": topic.en, "de": topic.de, "ru": topic.ru} {
			title, body, _ := strings.Cut(text, "|")
			s.documents = append(s.documents, document{ID: fmt.Sprint(l, i), Group: fmt.Sprint("topic ", i), Locale: l, Title: title, Body: "<p>" + body + "</p>"})
		}
	}
	slices.SortStableFunc(s.documents, func(a, b document) int { return strings.Compare(a.Group, b.Group) })
	for i, text := range askings {
		s.questions = append(s.questions, question{ID: fmt.Sprint(i), Text: text, Locale: "en"})
	}
	lite, err := options{}.ask(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	pg, err := options{database: testpg.DSN(t)}.ask(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for question, first := range map[string]string{"Delivery abroad": "topic 9", "E-1042": "topic 5"} {
		if a := lite[slices.Index(askings, question)]; len(a.Top) == 0 || a.Top[0] != first {
			t.Errorf("%q gives %q, want %s first", question, a.Top, first)
		}
	}
	found := 0
	for i, a := range lite {
		found += len(a.Top)
		if !slices.Equal(a.Top, pg[i].Top) {
			t.Errorf("%q: SQLite gives %q, PostgreSQL %q", askings[i], a.Top, pg[i].Top)
		}
	}
	if equal, of := sameTops(lite, pg); equal != of || of != len(askings) || found < 2*len(askings) {
		t.Errorf("%d of %d are equal, %d found", equal, of, found)
	}
}

func TestWrongUsageIsStatus2(t *testing.T) {
	for _, args := range [][]string{{}, {"--data", "x", "y"}, {"--data", "x", "--locale", "xx"}, {"--data", "x", "--base-url", "y"}, {"--what"}} {
		var out, errs strings.Builder
		if status := run(context.Background(), args, &out, &errs); status != 2 || errs.Len() == 0 {
			t.Errorf("%q: status %d, %q", args, status, &errs)
		}
	}
	if status := run(context.Background(), []string{"--data", t.TempDir()}, &strings.Builder{}, &strings.Builder{}); status != 1 {
		t.Errorf("a folder without a set: status %d, want 1", status)
	}
}
