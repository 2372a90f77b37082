package postgres

import (
	"errors"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"lectern/internal/testpg"
)

// A server speaks the language of its lc_messages. Nothing that it says in it
// may decide anything.
func TestErrorsAreReadInEveryLanguage(t *testing.T) {
	german := pgconn.PgError{Severity: "FEHLER", SeverityUnlocalized: "ERROR", Code: featureNotSupported,
		Message: "gecachter Plan darf den Ergebnistyp nicht ändern", Routine: "RevalidateCachedQuery"}
	if !raced(&german) {
		t.Error("a change of the schema is not seen in German")
	}
	other := german
	other.Message, other.Routine = "cached plan is mentioned by somebody else", "ExecInitNode"
	if raced(&other) {
		t.Error("any error that mentions a cached plan passes for a change of the schema")
	}
	if raced(errors.New("cached plan must not change result type")) {
		t.Error("an error that no server sent passes for a change of the schema")
	}
}

func TestAServersErrorsAreReadInItsLanguage(t *testing.T) {
	languages := map[string]string{"C": "ERROR"}
	out, _ := exec.CommandContext(t.Context(), "locale", "-a").Output()
	if german := regexp.MustCompile(`(?im)^de_DE\.utf-?8$`).FindString(string(out)); german != "" {
		languages[german] = "FEHLER"
	} else {
		t.Log("NOT TESTED in German: the machine has no locale de_DE.UTF-8")
	}
	for language, severity := range languages {
		t.Run(language, func(t *testing.T) {
			c := testpg.Start(t, testpg.Options{Fast: true, Settings: []string{"lc_messages=" + language}})
			conn, err := pgx.Connect(t.Context(), c.Database(t))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			do := func(statement string) error {
				_, err := conn.Exec(t.Context(), statement)
				return err
			}
			if err := do(`CREATE TABLE leaf (a int)`); err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Prepare(t.Context(), "leaves", `SELECT * FROM leaf`); err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Exec(t.Context(), "leaves"); err != nil {
				t.Fatal(err)
			}
			if err := do(`ALTER TABLE leaf ADD COLUMN b int`); err != nil {
				t.Fatal(err)
			}
			_, err = conn.Exec(t.Context(), "leaves")
			var said *pgconn.PgError
			if !errors.As(err, &said) || said.Severity != severity {
				t.Skipf("NOT TESTED: the server has no texts in %s: %v", language, err)
			}
			if !raced(err) {
				t.Errorf("a plan of the old schema is not seen: %v (%s)", err, said.Routine)
			}
			s := &session{conn: conn}
			if uncertain(s, err) {
				t.Errorf("an error that the connection survives leaves open what became of a commit: %v", err)
			}
			err = do(`SELECT pg_terminate_backend(pg_backend_pid())`)
			if !uncertain(s, err) {
				t.Errorf("the end of the connection leaves nothing open: %v", err)
			}
			if strings.Contains(language, "de_DE") && !strings.Contains(said.Message, "Plan") {
				t.Errorf("the server speaks no German: %s", said.Message)
			}
		})
	}
}
