package lectern

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestATokenMayDoWhatItsScopesName(t *testing.T) {
	for _, x := range []struct {
		scopes []Scope
		want   Rights
	}{
		{nil, Owner.Rights()},
		{[]Scope{ReadArticles}, MayReadArticles},
		{[]Scope{ReadWriteArticles}, MayReadArticles | MayWriteArticles},
		{[]Scope{ReadAdmins}, MayReadPeople},
		{[]Scope{ReadWriteAdmins}, MayReadPeople | MayWritePeople},
		{[]Scope{ReadTags}, MayReadTags},
		{[]Scope{ReadWriteTags}, MayReadTags | MayWriteTags},
		{[]Scope{ReadRedirects}, MayReadRedirects},
		{[]Scope{ReadWriteRedirects}, MayReadRedirects | MayWriteRedirects},
		{[]Scope{ReadSettings}, MayReadSettings},
		{[]Scope{ReadWriteSettings}, MayReadSettings | MayWriteSettings},
		{[]Scope{ReadContent}, MaySearchContent},
		{[]Scope{WriteContent}, MayActInBulk},
		{[]Scope{ReadTags, WriteContent}, MayReadTags | MayActInBulk},
		{[]Scope{"of_tomorrow"}, 0},
	} {
		k := &Token{Scopes: x.scopes}
		if got := k.Rights(); got != x.want {
			t.Errorf("%v gives %b, want %b", x.scopes, got, x.want)
		}
	}
	declared := declared(t, "permission.go", "Scope")
	for _, s := range declared {
		if !slices.Contains(Scopes, Scope(s)) {
			t.Errorf("Scopes lacks %s", s)
		}
	}
	if len(declared) != len(Scopes) || len(scopes) != len(Scopes) {
		t.Errorf("%d scopes declared, %d listed, %d say what they give", len(declared), len(Scopes), len(scopes))
	}
}

func TestEveryScopeGivesTheRightItIsNamedFor(t *testing.T) {
	named := Rights(0)
	for _, s := range Scopes {
		if s.Right() == 0 || s.Rights()&s.Right() == 0 {
			t.Errorf("%s is named for %b and gives %b", s, s.Right(), s.Rights())
		}
		if named&s.Right() != 0 {
			t.Errorf("%s is named for a right that another scope is named for", s)
		}
		named |= s.Right()
		if s.Rights()&^Owner.Rights() != 0 {
			t.Errorf("%s gives what an owner may not", s)
		}
	}
}

func TestEveryRightHasAName(t *testing.T) {
	for r := Rights(1); r < endOfRights; r <<= 1 {
		if rightNames[r] == "" {
			t.Errorf("the right %b has no name", r)
		}
		a := Actor{Rights: everything &^ r}
		if err := a.Need(r); !errors.Is(err, Forbidden) || !strings.Contains(err.Error(), rightNames[r]) {
			t.Errorf("without the right %b: %v", r, err)
		}
		if a = (Actor{Rights: r}); a.Need(r) != nil || !a.Can(r) {
			t.Errorf("the right %b is not enough", r)
		}
	}
}

func TestNobodyCanDoWhatNamesNoRight(t *testing.T) {
	a := ByInstallation(1, ViaCommand)
	if a.Can(0) || a.Need(0) == nil || errors.Is(a.Need(0), Forbidden) {
		t.Error("who has all rights can do what names none")
	}
	if (&Actor{Workspace: 1, Admin: 2}).Can(MayReadArticles) {
		t.Error("an actor without rights can read")
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	for _, x := range []struct {
		says     string
		by       Actor
		via      Via
		may, not []Rights
	}{
		{"a token", (&Token{Workspace: 1, Admin: 2, ID: 3}).Actor("192.0.2.1"), ViaAPI, []Rights{MayWriteArticles, MayManageTokens}, []Rights{MayRunInstallation}},
		{"a command", ByCommand(1, 2), ViaCommand, []Rights{MayWriteArticles, MayManageTokens, MayManageWorkspace}, []Rights{MayRunInstallation}},
		{"the worker", ByWorker(1, 2, ""), ViaWorker, []Rights{MayWriteArticles, MayActInBulk}, []Rights{MayRunInstallation}},
		{"the installation", ByInstallation(1, ViaWorker), ViaWorker, []Rights{MayRunInstallation, MayWriteArticles}, nil},
	} {
		if x.by.Via != x.via || x.by.Workspace != 1 {
			t.Errorf("%s is %+v", x.says, x.by)
		}
		for _, r := range x.may {
			if !x.by.Can(r) {
				t.Errorf("%s may not %s", x.says, rightNames[r])
			}
		}
		for _, r := range x.not {
			if x.by.Can(r) {
				t.Errorf("%s may %s", x.says, rightNames[r])
			}
		}
	}
}

func TestTheDocumentsSayWhatEachScopeAllows(t *testing.T) {
	text, err := os.ReadFile("docs/tokens.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Scopes {
		words := []string{rightNames[s.Right()]}
		for r := Rights(1); r < endOfRights; r <<= 1 {
			if s.Rights()&^s.Right()&r != 0 {
				words = append(words, rightNames[r])
			}
		}
		if row := "| `" + string(s) + "` | " + strings.Join(words, "; ") + " |\n"; !strings.Contains(string(text), row) {
			t.Errorf("docs/tokens.md lacks %s", row)
		}
	}
}
