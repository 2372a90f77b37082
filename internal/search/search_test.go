package search_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lectern"
	"lectern/internal/search"
)

// titles is a title as an author may write it, in each locale.
var titles = map[lectern.Locale]string{
	"ar":    "كيفية إعادة تعيين كلمة المرور الخاصة بحسابك",
	"bg":    "Как да възстановите забравената си парола",
	"bs":    "Kako ponovo postaviti zaboravljenu šifru računa",
	"ca":    "Com restablir la contrasenya del col·legi i l'accés al compte",
	"cs":    "Jak obnovit zapomenuté heslo k účtu",
	"da":    "Sådan nulstiller du din glemte adgangskode på ø",
	"de":    "Passwörter zurücksetzen und Größe der Anhänge ändern",
	"el":    "Πώς να επαναφέρετε τον κωδικό πρόσβασής σας",
	"en":    "Resetting a teammate's forgotten password isn't hard",
	"es":    "Cómo restablecer la contraseña de tu sesión más rápido",
	"et":    "Kuidas lähtestada unustatud parool ja õigused",
	"fi":    "Näin palautat unohtuneen salasanasi käyttöön",
	"fr":    "Créer un accès à l'équipe et réinitialiser le mot de passe oublié",
	"he":    "כיצד לאפס את הסיסמה שנשכחה בחשבון צה\"ל",
	"hr":    "Kako poništiti zaboravljenu lozinku računa",
	"hu":    "Elfelejtett jelszó visszaállítása és a fiók törlése",
	"id":    "Cara mengatur ulang kata sandi yang terlupakan",
	"it":    "Perché non è possibile reimpostare la password dell'attività",
	"ja":    "パスワードを忘れた場合の再設定とｶﾞｲﾄﾞ iPhone 15の設定",
	"ko":    "비밀번호를 잊어버렸을 때 재설정하는 방법",
	"lt":    "Kaip atkurti pamirštą slaptažodį ir ryšį",
	"lv":    "Kā atiestatīt aizmirstu paroli un piekļuvi",
	"mn":    "Мартсан нууц үгээ хэрхэн сэргээх вэ",
	"nb":    "Slik tilbakestiller du et glemt passord på nytt",
	"nl":    "Een vergeten wachtwoord opnieuw instellen voor geïnteresseerden",
	"pl":    "Jak zresetować zapomniane hasło użytkownika żółw",
	"pt":    "Como redefinir a palavra-passe e ver as informações da sessão",
	"ro":    "Cum să resetați parola uitată și informația științifică",
	"ru":    "Как сбросить забытый пароль и включить ещё одно объявление",
	"sl":    "Kako ponastaviti pozabljeno geslo za račun",
	"sr":    "Како да поново подесите заборављену лозинку",
	"sv":    "Så återställer du ett glömt lösenord på företaget",
	"tr":    "ŞİFRENİZİ sıfırlama ve IŞIK ayarları",
	"vi":    "Cách đặt lại mật khẩu đã quên của bạn",
	"pt-BR": "Não consigo redefinir minha senha: configuração e notificações",
	"zh-CN": "如何重置您忘记的密码",
	"zh-TW": "如何重設您忘記的密碼",
}

// finds tells whether a query has a term that the entry has, too.
func finds(l lectern.Locale, phrase string, e search.Entry) bool {
	return slices.ContainsFunc(search.ParseQuery(l, phrase, search.Options{}).Terms, func(t string) bool {
		_, ok := slices.BinarySearch(e.Terms(), t)
		return ok
	})
}

func TestATextIsFoundByEveryWordOfItsTitleInEveryLocale(t *testing.T) {
	for _, l := range lectern.Locales {
		text, ok := titles[l]
		if !ok {
			t.Errorf("%s has no title to test", l)
		}
		e := search.Index(l, search.Document{Title: text})
		for _, phrase := range append(strings.Fields(text), text, strings.ToUpper(text), norm.NFD.String(text)) {
			if !finds(l, phrase, e) {
				t.Errorf("%s: %q does not find %q, terms %q", l, phrase, text, e.Terms())
			}
		}
	}
}

func TestAWordWithoutAccentsFindsTheWordWithThem(t *testing.T) {
	for _, l := range lectern.Locales {
		e := search.Index(l, search.Document{Title: titles[l]})
		for _, w := range strings.Fields(titles[l]) {
			bare := strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(strings.ReplaceAll(w, "đ", "d")))
			if strings.ContainsFunc(w, func(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Arabic) }) && !finds(l, bare, e) {
				t.Errorf("%s: %q does not find %q, terms %q", l, bare, w, e.Terms())
			}
		}
	}
}

func TestAWordFindsItsOtherForms(t *testing.T) {
	for _, test := range []struct {
		locale       lectern.Locale
		phrase, text string
	}{
		{"en", "passwords", "Reset a password"},
		{"en", "user’s", "Add a user"},
		{"en", "email", "E-mails we send"},
		{"en", "login", "The log-in page"},
		{"en", "OAuth 2", "Connect with OAuth2"},
		{"en", "oauth2", "Connect with OAuth2"},
		{"en", "E-1042", "Error E-1042"},
		{"en", "e1042", "Error E-1042"},
		{"en", "1042", "Error E-1042"},
		{"en", "foo_bar", "Set FOO_BAR first"},
		{"en", "bar", "Set foo_bar first"},
		{"en", "v2.11", "New in v2.11"},
		{"en", "user", "Call createUser"},
		{"en", "R&D", "For R&D only"},
		{"en", "password", "Pass\u00adword"},
		{"de", "Passwort", "Passwörter"},
		{"de", "strasse", "Straße"},
		{"de", "oauth", "OAuth2 einrichten"},
		{"fr", "creer", "Créer un compte"},
		{"fr", "équipe", "L’équipe"},
		{"es", "contrasena", "Contraseñas"},
		{"pt-BR", "informacao", "Informação"},
		{"pl", "użytkownikami", "Użytkownik"},
		{"pl", "zolw", "Żółw"},
		{"cs", "uctu", "Účtu"},
		{"ru", "пароля", "Пароли"},
		{"ru", "еще", "Ещё раз"},
		{"ru", "articles", "API article"},
		{"sr", "lozinku", "Лозинку"},
		{"sr", "лозинку", "Lozinku"},
		{"sr", "њега", "Njega"},
		{"tr", "sifre", "Şifre"},
		{"tr", "IŞIK", "ışık"},
		{"tr", "istanbul", "İSTANBUL"},
		{"ro", "ştiinţă", "Știință"},
		{"ar", "اعاده", "إعادة"},
		{"ar", "كَلِمَة", "كلمة"},
		{"ar", "2024", "عام ٢٠٢٤"},
		{"he", "סיסמה", "הסיסמה"},
		{"he", "בסיסמה", "הסיסמה"},
		{"he", "שָׁלוֹם", "שלום"},
		{"vi", "mat khau", "Mật khẩu"},
		{"ca", "collegi", "Col·legi"},
		{"el", "κωδικος", "Κωδικός"},
		{"ja", "ガイド", "ｶﾞｲﾄﾞ"},
		{"ja", "iphone", "iPhoneの設定"},
		{"ja", "見る", "見ます"},
		{"ko", "비밀번호", "비밀번호를 잊었을 때"},
		{"ko", norm.NFD.String("비밀"), "비밀번호"},
		{"zh-CN", "密码", "重置密码"},
		{"zh-TW", "ＡＰＩ", "使用API"},
	} {
		if e := search.Index(test.locale, search.Document{Title: test.text}); !finds(test.locale, test.phrase, e) {
			t.Errorf("%s: %q, read as %q, does not find %q, terms %q", test.locale, test.phrase,
				search.ParseQuery(test.locale, test.phrase, search.Options{}).Terms, test.text, e.Terms())
		}
	}
}

func TestAMarkThatMakesAnotherWordIsKept(t *testing.T) {
	for _, test := range []struct {
		locale       lectern.Locale
		phrase, text string
	}{
		{"vi", "mật", "mát"},
		{"ru", "мой", "мои́"},
		{"zh-CN", "密码", "码密"},
	} {
		q := search.ParseQuery(test.locale, test.phrase, search.Options{})
		e := search.Index(test.locale, search.Document{Title: test.text})
		if slices.Equal(q.Terms, e.Terms()) {
			t.Errorf("%s: %q and %q have the same terms %q", test.locale, test.phrase, test.text, q.Terms)
		}
	}
}

func TestTermsGoIntoAnyFullTextEngine(t *testing.T) {
	for _, l := range lectern.Locales {
		for _, text := range append(hostile(), titles[l]) {
			e := search.Index(l, search.Document{Title: text, Body: text})
			for _, term := range append(e.Terms(), search.ParseQuery(l, text, search.Options{}).Terms...) {
				if !wellFormed(term) {
					t.Errorf("%s: term %q of %.60q", l, term, text)
				}
			}
		}
	}
}

// wellFormed tells whether a term is as Entry promises.
func wellFormed(term string) bool {
	return term != "" && utf8.ValidString(term) && utf8.RuneCountInString(term) <= 2*64 && !strings.ContainsFunc(term, func(r rune) bool {
		return r < utf8.RuneSelf && !('a' <= r && r <= 'z' || '0' <= r && r <= '9') ||
			!unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
}

// hostile are texts of the kind that break programs.
func hostile() []string {
	return []string{
		"", " ", "\x00", "\xff\xfe", "a\xffb", "don't", "''''", "a" + strings.Repeat("\u0301", 5000), strings.Repeat("\u0301", 5000),
		strings.Repeat("密", 5000), "密" + strings.Repeat("\u0301", 5000), strings.Repeat("a1", 5000), strings.Repeat("aB", 100),
		"👩‍👩‍👧‍👦 ❤️ 🇩🇪", "ﷺ ﬁnal ½ ² ① ㎏ ŉ ʼn a’b a'b", strings.Repeat("a-", 5000), strings.Repeat("\u200d", 5000) + "x",
		"x" + strings.Repeat("\u200d", 5000) + "y", strings.Repeat("ﷺ", 100), "İIıi ǅ ſ K", "ᄒ" + strings.Repeat("ᅡ", 500),
		"пaроль pаssword 密码password パスワード2", strings.Repeat("word ", 2000), "กำลัง ก็ ที่นี่", "हिन्दी में", "\u0640\u0640\u0640", "צ\"\"\"", "·l··l·",
	}
}

func TestReadingTheSameTwiceGivesTheSame(t *testing.T) {
	for _, l := range lectern.Locales {
		d := search.Document{Title: titles[l], Description: titles["en"], Body: strings.Join(hostile(), " ")}
		want := search.Index(l, d)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if got := search.Index(l, d); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: Index differs from run to run", l)
				}
				if a, b := search.ParseQuery(l, d.Body, search.Options{}), search.ParseQuery(l, d.Body, search.Options{}); !reflect.DeepEqual(a, b) {
					t.Errorf("%s: ParseQuery differs from run to run", l)
				}
			})
		}
		wg.Wait()
	}
}

func TestLengthsAreInWords(t *testing.T) {
	e := search.Index("en", search.Document{Title: "Log-in with OAuth2", Description: "密码 now", Body: "It isn't hard."})
	title := search.Index("en", search.Document{Title: "Log-in with OAuth2"})
	if e.TitleLen != 4 || e.DescriptionLen != 3 || e.BodyLen != 3 {
		t.Errorf("lengths = %d, %d, %d, want 4, 3, 3", e.TitleLen, e.DescriptionLen, e.BodyLen)
	}
	if want := []string{"in", "log", "login", "oauth", "oauth2", "with"}; !slices.Equal(title.Terms(), want) {
		t.Errorf("terms of the title = %q, want %q", title.Terms(), want)
	}
	if !slices.IsSorted(e.Terms()) || !slices.Contains(e.Terms(), "密码") || !slices.Contains(e.Terms(), "hard") {
		t.Errorf("terms = %q", e.Terms())
	}
}

func TestParseQuery(t *testing.T) {
	for _, test := range []struct {
		locale lectern.Locale
		phrase string
		want   []string
	}{
		{"en", "How do I reset my password?", []string{"reset", "password"}},
		{"en", "how do I", []string{"how", "do", "i"}},
		{"en", "password Passwords PASSWORD", []string{"password"}},
		{"en", "What's foo_bar?", []string{"foo", "bar", "foobar"}},
		{"fr", "Qu'est-ce que c'est ?", []string{"qu", "est", "ce", "estce", "que", "c"}},
		{"fr", "Qu'est-ce que la facturation ?", []string{"factur"}},
		{"pt-BR", "Como redefinir a minha senha?", []string{"redefin", "senh"}},
		{"sr", "Како да променим лозинку", []string{"promen", "lozink"}},
		{"zh-CN", "重置密码", []string{"重", "置", "重置", "密", "置密", "码", "密码"}},
		{"ja", "iPhoneの設定", []string{"iphon", "phone", "設", "の設", "定", "設定"}},
		{"en", "", nil},
		{"en", "?! \x00\xff", nil},
	} {
		if got := search.ParseQuery(test.locale, test.phrase, search.Options{}); got.Locale != test.locale || !slices.Equal(got.Terms, test.want) {
			t.Errorf("ParseQuery(%s, %q) = %q, want %q", test.locale, test.phrase, got.Terms, test.want)
		}
	}
}

func TestALongQueryIsCut(t *testing.T) {
	var words []string
	for i := range 100_000 {
		words = append(words, strings.Repeat(string(rune('a'+i%26)), 2+i/26%20))
	}
	if n := len(search.ParseQuery("en", strings.Join(words, " "), search.Options{}).Terms); n != 32 {
		t.Errorf("%d terms, want 32", n)
	}
	// Pairs go before single characters.
	q := search.ParseQuery("zh-CN", "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕", search.Options{})
	if !slices.Contains(q.Terms, "律吕") || len(q.Terms) != 32 {
		t.Errorf("%d terms without the last pair: %q", len(q.Terms), q.Terms)
	}
}
