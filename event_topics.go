package lectern

import "slices"

// A Noun says what a topic is about.
type Noun string

// What kept answers depend on. Each is about a workspace as a whole unless it
// says otherwise.
const (
	AboutArticle          Noun = "article" // one, by its ID
	AboutArticles         Noun = "articles"
	AboutCollections      Noun = "collections"
	AboutSettings         Noun = "settings" // what every answer about content depends on: the help centers, and which collections there are, and where
	AboutAdmins           Noun = "admins"   // and teams
	AboutTags             Noun = "tags"
	AboutFolders          Noun = "folders"
	AboutInternalArticles Noun = "internal articles"
	AboutAudiences        Noun = "audiences"
	AboutSnippets         Noun = "snippets"
	AboutAIContent        Noun = "AI content"
	AboutSearchRules      Noun = "search rules"
	AboutPages            Noun = "pages"        // what the public help centers show
	AboutHelpCenters      Noun = "help centers" // of every workspace: they are found before it is known
	AboutTokens           Noun = "tokens"       // of every workspace: they are looked up before it is known
)

// Nouns lists them all.
var Nouns = []Noun{AboutArticle, AboutArticles, AboutCollections, AboutSettings, AboutAdmins, AboutTags, AboutFolders,
	AboutInternalArticles, AboutAudiences, AboutSnippets, AboutAIContent, AboutSearchRules, AboutPages, AboutHelpCenters, AboutTokens}

// A Topic is what kept answers depend on and events touch.
type Topic struct {
	Workspace WorkspaceID // zero for AboutHelpCenters and AboutTokens
	Noun      Noun
	ID        int64 // of the article; zero for a noun as a whole
}

// About returns the topic of a noun in a workspace.
func About(ws WorkspaceID, n Noun) Topic {
	if n == AboutHelpCenters || n == AboutTokens {
		ws = 0
	}
	return Topic{Workspace: ws, Noun: n}
}

// AboutArticleID returns the topic of one article.
func AboutArticleID(ws WorkspaceID, id ArticleID) Topic {
	return Topic{Workspace: ws, Noun: AboutArticle, ID: int64(id)}
}

// Touches lists the topics that what happened may have changed. An event of a
// kind that is not known here, as of a newer program on the same database,
// touches all of its workspace; so what is kept of one article must depend on
// more than that article.
//
// A page shows much beside its own text: topics, neighbours, related articles,
// authors. So all pages of a workspace are one topic, and a change of any ends
// them all; a page is made anew in less time than it takes to find out which
// ones a change left alone.
func (e *Event) Touches() []Topic {
	of := func(nouns ...Noun) []Topic {
		list := make([]Topic, len(nouns), len(nouns)+1)
		for i, n := range nouns {
			list[i] = About(e.Workspace, n)
		}
		return list
	}
	switch e.Kind {
	case ArticleCreated, ArticleUpdated, ArticleDeleted:
		return append(of(AboutArticles, AboutFolders, AboutPages), AboutArticleID(e.Workspace, ArticleID(e.Object)))
	case InternalArticleCreated, InternalArticleUpdated, InternalArticleDeleted:
		return of(AboutInternalArticles, AboutFolders)
	case FolderCreated, FolderUpdated, FolderDeleted:
		return of(AboutFolders)
	case CollectionCreated, CollectionUpdated:
		if e.Data.Moved { // articles in it may now be in a section
			return of(AboutCollections, AboutSettings, AboutPages)
		}
		return of(AboutCollections, AboutPages)
	case CollectionDeleted: // articles lose a parent
		return of(AboutCollections, AboutSettings, AboutPages)
	case WorkspaceCreated, HelpCenterCreated, HelpCenterUpdated:
		return of(AboutSettings, AboutPages, AboutHelpCenters)
	case WorkspaceUpdated, BrandCreated:
		return of(AboutSettings, AboutPages)
	case AdminCreated:
		return of(AboutAdmins, AboutPages)
	case AdminAwayChanged, TeamCreated, TeamUpdated:
		return of(AboutAdmins)
	case TagCreated:
		return of(AboutTags)
	case TagUpdated, TagDeleted: // what carries it shows it
		return of(AboutTags, AboutSettings)
	case TagApplied, TagRemoved:
		switch e.Data.ObjectKind {
		case ArticleObject:
			return append(of(AboutArticles), AboutArticleID(e.Workspace, ArticleID(e.Object)))
		case InternalArticleObject:
			return of(AboutInternalArticles)
		case SnippetObject:
			return of(AboutSnippets)
		case ExternalPageObject:
			return of(AboutAIContent)
		}
	case AudienceCreated, AudienceUpdated:
		return of(AboutAudiences, AboutPages)
	case AudienceDeleted: // content is no longer meant for it
		return of(AboutAudiences, AboutSettings, AboutAIContent, AboutSnippets, AboutPages)
	case ImportSourceCreated, ImportSourceUpdated, ImportSourceDeleted,
		ExternalPageCreated, ExternalPageUpdated, ExternalPageDeleted:
		return of(AboutAIContent)
	case SnippetCreated, SnippetUpdated, SnippetDeleted:
		return of(AboutSnippets)
	case SearchRuleCreated, SearchRuleUpdated, SearchRuleDeleted: // searches find something else
		return of(AboutArticles, AboutSearchRules, AboutPages)
	case RedirectCreated, RedirectDeleted:
		return of(AboutPages)
	case TokenCreated, TokenRevoked:
		return of(AboutTokens)
	case BulkActionCreated, BulkActionFinished: // each item has an event of its own
		return nil
	}
	return of(Nouns...)
}

// Concerns reports whether what happened may have changed anything of a noun.
func (e *Event) Concerns(n Noun) bool {
	return slices.ContainsFunc(e.Touches(), func(t Topic) bool { return t.Noun == n })
}
