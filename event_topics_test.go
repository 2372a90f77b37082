package lectern

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// declared returns the constants of a type that the package's files declare.
func declared(t *testing.T, file, kind string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := spec.Type.(*ast.Ident); ok && id.Name == kind {
			for _, v := range spec.Values {
				text, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, text)
			}
		}
		return true
	})
	return values
}

func TestEveryKindOfEventIsListed(t *testing.T) {
	kinds := declared(t, "event.go", "EventKind")
	if len(kinds) < 40 {
		t.Fatalf("found %d kinds in event.go", len(kinds))
	}
	for _, k := range kinds {
		if !slices.Contains(EventKinds, EventKind(k)) {
			t.Errorf("EventKinds lacks %s", k)
		}
	}
	if len(kinds) != len(EventKinds) {
		t.Errorf("EventKinds has %d kinds, event.go declares %d", len(EventKinds), len(kinds))
	}
	nouns := declared(t, "event_topics.go", "Noun")
	for _, n := range nouns {
		if !slices.Contains(Nouns, Noun(n)) {
			t.Errorf("Nouns lacks %s", n)
		}
	}
	if len(nouns) != len(Nouns) {
		t.Errorf("Nouns has %d nouns, event_topics.go declares %d", len(Nouns), len(nouns))
	}
}

// touches are the topics of events in workspace 7 about object 5.
var touches = []struct {
	kind EventKind
	data EventData
	want string
}{
	{kind: WorkspaceCreated, want: "7 settings, 7 pages, 0 help centers"},
	{kind: WorkspaceUpdated, want: "7 settings, 7 pages"},
	{kind: AdminCreated, want: "7 admins, 7 pages"},
	{kind: AdminAwayChanged, want: "7 admins"},
	{kind: TeamCreated, want: "7 admins"},
	{kind: TeamUpdated, want: "7 admins"},
	{kind: TokenCreated, want: "0 tokens"},
	{kind: TokenRevoked, want: "0 tokens"},
	{kind: HelpCenterCreated, want: "7 settings, 7 pages, 0 help centers"},
	{kind: HelpCenterUpdated, want: "7 settings, 7 pages, 0 help centers"},
	{kind: CollectionCreated, want: "7 collections, 7 pages"},
	{kind: CollectionUpdated, want: "7 collections, 7 pages"},
	{kind: CollectionUpdated, data: EventData{Moved: true}, want: "7 collections, 7 settings, 7 pages"},
	{kind: CollectionDeleted, want: "7 collections, 7 settings, 7 pages"},
	{kind: ArticleCreated, want: "7 articles, 7 folders, 7 pages, 7 article 5"},
	{kind: ArticleUpdated, want: "7 articles, 7 folders, 7 pages, 7 article 5"},
	{kind: ArticleDeleted, want: "7 articles, 7 folders, 7 pages, 7 article 5"},
	{kind: TagCreated, want: "7 tags"},
	{kind: TagUpdated, want: "7 tags, 7 settings"},
	{kind: TagDeleted, want: "7 tags, 7 settings"},
	{kind: TagApplied, data: EventData{ObjectKind: ArticleObject}, want: "7 articles, 7 article 5"},
	{kind: TagApplied, data: EventData{ObjectKind: InternalArticleObject}, want: "7 internal articles"},
	{kind: TagApplied, data: EventData{ObjectKind: SnippetObject}, want: "7 snippets"},
	{kind: TagApplied, data: EventData{ObjectKind: ExternalPageObject}, want: "7 AI content"},
	{kind: TagApplied, data: EventData{ObjectKind: "of tomorrow"}, want: allOfIt},
	{kind: TagRemoved, data: EventData{ObjectKind: ArticleObject}, want: "7 articles, 7 article 5"},
	{kind: TagRemoved, data: EventData{ObjectKind: InternalArticleObject}, want: "7 internal articles"},
	{kind: TagRemoved, data: EventData{ObjectKind: SnippetObject}, want: "7 snippets"},
	{kind: TagRemoved, data: EventData{ObjectKind: ExternalPageObject}, want: "7 AI content"},
	{kind: FolderCreated, want: "7 folders"},
	{kind: FolderUpdated, want: "7 folders"},
	{kind: FolderDeleted, want: "7 folders"},
	{kind: InternalArticleCreated, want: "7 internal articles, 7 folders"},
	{kind: InternalArticleUpdated, want: "7 internal articles, 7 folders"},
	{kind: InternalArticleDeleted, want: "7 internal articles, 7 folders"},
	{kind: ImportSourceCreated, want: "7 AI content"},
	{kind: ImportSourceUpdated, want: "7 AI content"},
	{kind: ImportSourceDeleted, want: "7 AI content"},
	{kind: ExternalPageCreated, want: "7 AI content"},
	{kind: ExternalPageUpdated, want: "7 AI content"},
	{kind: ExternalPageDeleted, want: "7 AI content"},
	{kind: BrandCreated, want: "7 settings, 7 pages"},
	{kind: AudienceCreated, want: "7 audiences, 7 pages"},
	{kind: AudienceUpdated, want: "7 audiences, 7 pages"},
	{kind: AudienceDeleted, want: "7 audiences, 7 settings, 7 AI content, 7 snippets, 7 pages"},
	{kind: BulkActionCreated, want: ""},
	{kind: BulkActionFinished, want: ""},
	{kind: RedirectCreated, want: "7 pages"},
	{kind: RedirectDeleted, want: "7 pages"},
	{kind: SnippetCreated, want: "7 snippets"},
	{kind: SnippetUpdated, want: "7 snippets"},
	{kind: SnippetDeleted, want: "7 snippets"},
	{kind: SearchRuleCreated, want: "7 articles, 7 search rules, 7 pages"},
	{kind: SearchRuleUpdated, want: "7 articles, 7 search rules, 7 pages"},
	{kind: SearchRuleDeleted, want: "7 articles, 7 search rules, 7 pages"},
	{kind: "webhook.created", want: allOfIt},
}

const allOfIt = "7 article, 7 articles, 7 collections, 7 settings, 7 admins, 7 tags, 7 folders, 7 internal articles, " +
	"7 audiences, 7 snippets, 7 AI content, 7 search rules, 7 pages, 0 help centers, 0 tokens"

func TestWhatEveryKindOfEventTouches(t *testing.T) {
	pinned := map[EventKind]bool{}
	for _, x := range touches {
		e := &Event{Workspace: 7, Kind: x.kind, Object: 5, Data: x.data}
		var got []string
		for _, topic := range e.Touches() {
			text := strconv.FormatInt(int64(topic.Workspace), 10) + " " + string(topic.Noun)
			if topic.ID != 0 {
				text += " " + strconv.FormatInt(topic.ID, 10)
			}
			got = append(got, text)
		}
		if got := strings.Join(got, ", "); got != x.want {
			t.Errorf("%s %+v touches\n\t%s, want\n\t%s", x.kind, x.data, got, x.want)
		}
		pinned[x.kind] = true
	}
	for _, k := range EventKinds {
		if !pinned[k] {
			t.Errorf("nothing says what %s touches", k)
		}
	}
}
