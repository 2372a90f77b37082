package search_test

import (
	"strings"
	"testing"
	"unicode"

	"lectern"
	"lectern/internal/search"
)

// readings are, for each locale, a sentence as an author writes it, and how a
// reader looks for it: with another ending, without accents, in capitals, in
// another script. Want is the sentence with the words that are to be marked.
var readings = []struct {
	locale                   lectern.Locale
	sentence, readers, wants string
}{
	{"ar", "يمكنك تغيير كلمة المرور من الإعدادات.", "مرور اعدادات", "يمكنك تغيير كلمة [المرور] من [الإعدادات]."},
	{"ar", "كَلِمَةُ السِّرِّ الجديدة", "كلمه السر", "[كَلِمَةُ] [السِّرِّ] الجديدة"},
	{"bg", "Паролата се променя в настройките.", "парола НАСТРОЙКИ", "[Паролата] се променя в [настройките]."},
	{"bs", "Zaboravljena šifra računa", "sifru račun", "Zaboravljena [šifra] [računa]"},
	{"bs", "Заборављена шифра", "zaboravljenu", "[Заборављена] шифра"},
	{"ca", "Les contrasenyes del col·legi", "contrasenya collegi", "Les [contrasenyes] del [col·legi]"},
	{"cs", "Zapomenuté heslo k účtu", "heslem UCTU", "Zapomenuté [heslo] k [účtu]"},
	{"da", "Adgangskoden på din ø", "adgangskoder", "[Adgangskoden] på din ø"},
	{"de", "Passwörter für Ihre Straße", "Passwort STRASSE", "[Passwörter] für Ihre [Straße]"},
	{"de", "Passwörter ändern", "Passwoerter aendern", "[Passwörter] [ändern]"},
	{"el", "Ο κωδικός πρόσβασής σας", "ΚΩΔΙΚΟΥ προσβαση", "Ο [κωδικός] [πρόσβασής] σας"},
	{"en", "Resetting a teammate’s passwords", "RESET teammates", "[Resetting] a [teammate’s] passwords"},
	{"es", "Cómo restablecer las contraseñas", "contrasena restablezco", "Cómo [restablecer] las [contraseñas]"},
	{"et", "Unustatud parooli lähtestamine", "parool lahtestada", "Unustatud [parooli] [lähtestamine]"},
	{"fi", "Unohtuneen salasanan palauttaminen", "salasana palautan", "Unohtuneen [salasanan] [palauttaminen]"},
	{"fr", "Réinitialiser l’accès à l’équipe", "ACCES equipes", "Réinitialiser l’[accès] à l’[équipe]"},
	{"he", "איפוס הסיסמה בחשבון", "סיסמה חשבון", "איפוס [הסיסמה] [בחשבון]"},
	{"he", "שָׁלוֹם לכולם", "שלום", "[שָׁלוֹם] לכולם"},
	{"hr", "Zaboravljena lozinka računa", "lozinke racun", "Zaboravljena [lozinka] [računa]"},
	{"hu", "Az elfelejtett jelszavát visszaállíthatja", "elfelejtettem", "Az [elfelejtett] jelszavát visszaállíthatja"},
	{"hu", "A fiókok törlése", "fiokok TÖRLÉS", "A [fiókok] [törlése]"},
	{"id", "Mengatur kata sandi akun", "SANDI akun", "Mengatur kata [sandi] [akun]"},
	{"it", "Le attività dell’utente", "attivita utenti", "Le [attività] dell’[utente]"},
	{"ja", "パスワードを変更する", "変更", "パスワードを[変更]する"},
	{"ja", "パスワードを変更する", "更", "パスワードを変[更]する"},
	{"ja", "ﾊﾟｽﾜｰﾄﾞの設定", "パスワード", "[ﾊﾟｽﾜｰﾄﾞ]の設定"},
	{"ko", "비밀번호를 변경하세요", "변경", "비밀번호를 [변경]하세요"},
	{"ko", "비밀번호를 변경하세요", "번", "비밀[번]호를 변경하세요"},
	{"lt", "Pamiršto slaptažodžio atkūrimas", "slaptazodis", "Pamiršto [slaptažodžio] atkūrimas"},
	{"lv", "Aizmirstas paroles atiestatīšana", "parole atiestatisana", "Aizmirstas [paroles] [atiestatīšana]"},
	{"mn", "Нууц үгээ сэргээх", "СЭРГЭЭХ нууцыг", "[Нууц] үгээ [сэргээх]"},
	{"nb", "Glemte passordet ditt på nytt", "passord", "Glemte [passordet] ditt på nytt"},
	{"nl", "Vergeten wachtwoorden herstellen", "wachtwoord", "Vergeten [wachtwoorden] herstellen"},
	{"pl", "Zapomniane hasła użytkowników", "haslo UZYTKOWNIK", "Zapomniane [hasła] [użytkowników]"},
	{"pt", "Ver as informações da sessão", "informacao sessao", "Ver as [informações] da [sessão]"},
	{"pt-BR", "Redefinir senhas e notificações", "senha notificacao", "Redefinir [senhas] e [notificações]"},
	{"ro", "Resetați parolele uitate și informațiile", "parola informatie", "Resetați [parolele] uitate și [informațiile]"},
	{"ro", "Informaţia ştiinţifică", "informația științifice", "[Informaţia] [ştiinţifică]"},
	{"ru", "Как сменить забытые пароли в учётной записи", "учетная ПАРОЛЬ", "Как сменить забытые [пароли] в [учётной] записи"},
	{"sl", "Pozabljena gesla za račune", "geslo racun", "Pozabljena [gesla] za [račune]"},
	{"sr", "Заборављена лозинка налога", "lozinku nalog", "Заборављена [лозинка] [налога]"},
	{"sr", "Zaboravljena lozinka", "ЛОЗИНКУ", "Zaboravljena [lozinka]"},
	{"sv", "Återställ glömda lösenord", "GLOMDA lösenordet", "Återställ [glömda] [lösenord]"},
	{"tr", "ŞİFRENİZİ sıfırlayın", "şifre SIFIRLAMA", "[ŞİFRENİZİ] [sıfırlayın]"},
	{"tr", "Işık ayarları", "isik AYARLAR", "[Işık] [ayarları]"},
	{"tr", "İSTANBUL ıspanak", "istanbul ISPANAK", "[İSTANBUL] [ıspanak]"},
	{"vi", "Đặt lại mật khẩu của bạn", "dat lai mat khau", "[Đặt] [lại] [mật] [khẩu] của bạn"},
	{"vi", "Đặt lại mật khẩu của bạn", "MẬT KHẨU", "Đặt lại [mật] [khẩu] của bạn"},
	{"zh-CN", "如何重置您的密码？", "密码", "如何重置您的[密码]？"},
	{"zh-CN", "如何重置您的密码？", "码", "如何重置您的密[码]？"},
	{"zh-TW", "如何重設您的密碼？", "重設", "如何[重設]您的密碼？"},
}

func TestEveryLocaleFindsAndMarksWhatItsReadersWrite(t *testing.T) {
	tested := map[lectern.Locale]bool{}
	for _, test := range readings {
		tested[test.locale] = true
		o, list, stats := help(test.locale, test.sentence+"|", "Lectern|12345")
		q := search.ParseQuery(test.locale, test.readers, o)
		if search.NewRanker(q, stats, nil).Score(list[0].Forward) <= 0 {
			t.Errorf("%s: %q, read as %q, does not find %q, which has %q", test.locale, test.readers, q.Lookup(), test.sentence, list[0].Terms())
		}
		for _, shown := range []search.Query{q, search.Marking(test.locale, test.readers, q.Lookup())} {
			if got := marked(search.Highlight(shown, test.sentence)); got != test.wants {
				t.Errorf("%s: %q marks %s, want %s", test.locale, test.readers, got, test.wants)
			}
		}
	}
	for _, l := range lectern.Locales {
		if !tested[l] {
			t.Errorf("%s has no sentence", l)
		}
	}
}

func TestAWordAlwaysHasATermInEveryLocale(t *testing.T) {
	for _, test := range readings {
		for _, l := range lectern.Locales {
			for _, w := range strings.FieldsFunc(test.sentence+" "+test.readers, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
				if len(search.ParseQuery(l, w, search.Options{}).Terms) == 0 {
					t.Errorf("%s: a query for %q has no term", l, w)
				}
				if len(search.Index(l, search.Document{Body: w}).Terms()) == 0 {
					t.Errorf("%s: a text of %q has no term", l, w)
				}
			}
		}
	}
}
