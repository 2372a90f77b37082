package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"lectern"
)

// content returns what a query finds, in order; it asks for all unless the
// query has a limit, and tests the total.
func (b *bed) content(q lectern.ContentQuery) []lectern.Object {
	b.Helper()
	all := q.Limit == 0
	if all {
		q.Limit = 1 << 20
	}
	if q.Kinds == nil {
		q.Kinds = lectern.ContentKinds
	}
	list, total, err := b.store.SearchContent(b.ctx, b.ws, q)
	b.must(err)
	if total < len(list) || all && total != len(list) {
		b.Errorf("total %d of %d", total, len(list))
	}
	var found []lectern.Object
	for _, c := range list {
		found = append(found, c.Object)
	}
	return found
}

func articleObject(a *lectern.Article) lectern.Object {
	return lectern.Object{Kind: lectern.ArticleObject, ID: int64(a.ID)}
}

func internalObject(a *lectern.InternalArticle) lectern.Object {
	return lectern.Object{Kind: lectern.InternalArticleObject, ID: int64(a.ID)}
}

func snippetObject(x *lectern.Snippet) lectern.Object {
	return lectern.Object{Kind: lectern.SnippetObject, ID: int64(x.ID)}
}

func pageObject(p *lectern.ExternalPage) lectern.Object {
	return lectern.Object{Kind: lectern.ExternalPageObject, ID: int64(p.ID)}
}

type objects = []lectern.Object

var contentTests = []test{
	{"a search for content finds every kind, one for articles only those", func(b *bed) {
		a := b.article("Zebra", "<p>stripes</p>")
		i, err := b.store.AddInternalArticle(b.ctx, b.by, b.internalEdit("Animals", "<p>a zebra and much else that is not one</p>"))
		b.must(err)
		x := b.snippet("Zebra crossing")
		p := b.page(b.source(), "one", "<p>Of zebra and lion, of lion and of gazelle, all of them and more</p><script>hidden()</script>")
		b.equal("found", len(b.content(lectern.ContentQuery{Phrase: "zebra"})), 4)
		b.equal("articles", b.search(lectern.SearchQuery{Phrase: "zebra"}), ids{a.ID})
		b.equal("articles", b.search(lectern.SearchQuery{Phrase: "lion"}), ids(nil))
		b.equal("first", b.content(lectern.ContentQuery{Phrase: "zebra", Limit: 1}), objects{articleObject(a)})
		b.equal("code of a page", b.content(lectern.ContentQuery{Phrase: "hidden"}), objects(nil))
		for kind, want := range map[lectern.ObjectKind]lectern.Object{
			lectern.ArticleObject: articleObject(a), lectern.InternalArticleObject: internalObject(i),
			lectern.SnippetObject: snippetObject(x), lectern.ExternalPageObject: pageObject(p),
		} {
			for _, phrase := range []string{"zebra", ""} {
				b.equal("of one kind", b.content(lectern.ContentQuery{Phrase: phrase, Kinds: []lectern.ObjectKind{kind}}), objects{want})
			}
		}
		b.equal("of no kind", b.content(lectern.ContentQuery{Phrase: "zebra", Kinds: []lectern.ObjectKind{}}), objects(nil))
		b.equal("without a word", b.content(lectern.ContentQuery{Phrase: "?!"}), objects(nil))
		o := b.another()
		b.equal("elsewhere", o.content(lectern.ContentQuery{Phrase: "zebra"}), objects(nil))
		b.equal("elsewhere", o.content(lectern.ContentQuery{}), objects(nil))
	}},
	{"changed content is found as soon as it is stored, deleted content no more", func(b *bed) {
		source := b.source()
		i, x, p := b.internal("Alpha"), b.snippet("Alpha"), b.page(source, "Alpha", "")
		doomed := b.page(b.source(), "Alpha", "")
		b.equal("before", len(b.content(lectern.ContentQuery{Phrase: "alpha"})), 4)
		_, err := b.store.UpdateInternalArticle(b.ctx, b.by, i.ID, &lectern.InternalArticleEdit{Title: new("Beta")}, nil)
		b.must(err)
		_, err = b.store.UpdateSnippet(b.ctx, b.by, x.ID, &lectern.SnippetEdit{Title: new("Beta"), Locale: new(lectern.Locale("de"))}, nil)
		b.must(err)
		_, err = b.store.PutExternalPage(b.ctx, b.by, &lectern.ExternalPageEdit{Source: &source.ID, ExternalID: new("Alpha"), Title: new("Beta")})
		b.must(err)
		b.equal("the old word", b.content(lectern.ContentQuery{Phrase: "alpha"}), objects{pageObject(doomed)})
		b.equal("the new word", len(b.content(lectern.ContentQuery{Phrase: "beta"})), 3)
		b.equal("in German", b.content(lectern.ContentQuery{Phrase: "beta", Locales: []lectern.Locale{"de"}}), objects{snippetObject(x)})
		b.must(b.store.DeleteInternalArticle(b.ctx, b.by, i.ID))
		b.must(b.store.DeleteSnippet(b.ctx, b.by, x.ID))
		_, err = b.store.DeleteExternalPage(b.ctx, b.by, p.ID)
		b.must(err)
		b.must(b.store.DeleteImportSource(b.ctx, b.by, doomed.Source))
		b.equal("after", b.content(lectern.ContentQuery{Phrase: "alpha beta"}), objects(nil))
		b.equal("after", b.content(lectern.ContentQuery{}), objects(nil))
	}},
	{"an article shows its text in every locale, the original first", func(b *bed) {
		edit := b.edit("Billing", "", lectern.Published)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("Facturation")}, "de": {Title: new("Abrechnung")}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		list, total, err := b.store.SearchContent(b.ctx, b.ws, lectern.ContentQuery{Phrase: "facturation", Kinds: lectern.ContentKinds, Limit: 9})
		b.must(err)
		b.equal("total", total, 1)
		b.equal("content", list, []lectern.Content{{Object: articleObject(a), Title: "Billing", Texts: []lectern.ContentText{
			{ID: a.Texts["en"].Content, Locale: "en", Title: "Billing"},
			{ID: a.Texts["de"].Content, Locale: "de", Title: "Abrechnung"},
			{ID: a.Texts["fr"].Content, Locale: "fr", Title: "Facturation"},
		}}})
	}},
	{"one text answers all that is asked of a text", func(b *bed) {
		edit := b.edit("Router", "", lectern.Published)
		edit.Availability.Copilot = new(false)
		edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"fr": {Title: new("Routeur"), State: new(lectern.Draft)}}
		a, err := b.store.AddArticle(b.ctx, b.by, edit)
		b.must(err)
		for _, phrase := range []string{"", "router routeur"} {
			for q, want := range map[*lectern.ContentQuery]int{
				{Locales: []lectern.Locale{"fr"}}:                                                   1,
				{Locales: []lectern.Locale{"fr"}, States: []lectern.State{lectern.Published}}:       0,
				{Locales: []lectern.Locale{"fr", "en"}, States: []lectern.State{lectern.Published}}: 1,
				{Copilot: new(true)}: 1,
				{Copilot: new(true), States: []lectern.State{lectern.Published}}: 0,
				{Copilot: new(false), Locales: []lectern.Locale{"fr"}}:           0,
				{Copilot: new(false), Locales: []lectern.Locale{"en"}}:           1,
			} {
				q.Phrase = phrase
				found := b.content(*q)
				if len(found) != want || want == 1 && found[0] != articleObject(a) {
					b.Errorf("%+v found %v, want %d", *q, found, want)
				}
			}
		}
	}},
	{"a query that names what does not exist is refused", func(b *bed) {
		o := b.another()
		tag, folder := o.tag("theirs").ID, o.folder("theirs", 0).ID
		mine := b.tag("mine").ID
		for field, q := range map[string]lectern.ContentQuery{
			"tag_ids":             {Tags: [][]lectern.TagID{{mine}, {mine, tag}}},
			"folder_ids":          {Folders: []lectern.FolderID{folder}},
			"created_by_ids":      {CreatedBy: []lectern.AdminID{b.by.Admin, o.by.Admin}},
			"last_updated_by_ids": {UpdatedBy: []lectern.AdminID{o.by.Admin}},
		} {
			_, _, err := b.store.SearchContent(b.ctx, b.ws, q)
			b.refused(err, lectern.Invalid, field)
		}
		_, _, err := b.store.SearchContent(b.ctx, b.ws, lectern.ContentQuery{NoTags: []lectern.TagID{mine, tag}})
		b.refused(err, lectern.Invalid, "tag_ids")
		b.equal("repeated", b.content(lectern.ContentQuery{Tags: [][]lectern.TagID{{mine, mine}}}), objects(nil))
	}},
	{"any query for content finds what a look at each object would", func(b *bed) {
		random := rand.New(rand.NewPCG(1, 2))
		z := newZoo(b, random, 80)
		for range 400 {
			q := z.query(random)
			want := z.find(q)
			got := b.content(q)
			if q.Phrase != "" { // ranked: only the set can be told
				slices.SortFunc(got, func(a, b lectern.Object) int { return cmp.Compare(a.ID, b.ID) })
				slices.SortFunc(want, func(a, b lectern.Object) int { return cmp.Compare(a.ID, b.ID) })
			}
			if !slices.Equal(got, want) {
				b.Fatalf("%+v\nfound %v\n want %v", q, got, want)
			}
			if q.Phrase == "" && len(want) > 2 {
				q.Offset, q.Limit = 1, 2
				b.equal("page", b.content(q), want[1:min(3, len(want))])
			}
		}
	}},
}

// A zoo is content of every kind in a store, and what is known of it.
type zoo struct {
	tags    []lectern.TagID
	folders []lectern.FolderID // the second is inside the first
	admins  []lectern.AdminID
	animals []*animal
	from    time.Time
}

type animal struct {
	lectern.Object
	texts                []plumage
	tags                 []lectern.TagID
	folder               lectern.FolderID
	created, updated     time.Time
	createdBy, updatedBy lectern.AdminID
}

type plumage struct {
	locale lectern.Locale
	state  lectern.State
	lectern.Availability
	word string
}

// newZoo fills the store with n objects.
func newZoo(b *bed, random *rand.Rand, n int) *zoo {
	second, err := b.store.AddAdmin(b.ctx, b.by, lectern.Admin{Name: "Bo", Email: "bo@example.com"})
	b.must(err)
	z := &zoo{admins: []lectern.AdminID{b.by.Admin, second.ID}, from: b.clock.seconds()}
	for i := range 3 {
		z.tags = append(z.tags, b.tag(fmt.Sprint("tag", i)).ID)
	}
	outer := b.folder("outer", 0).ID
	z.folders = []lectern.FolderID{outer, b.folder("inner", outer).ID, b.folder("other", 0).ID}
	source := b.source()
	for i := range n {
		b.clock.pass(time.Duration(random.IntN(3)) * time.Second)
		x := z.add(b, random, source, i)
		for _, tag := range z.tags {
			if random.IntN(3) == 0 {
				_, err := b.store.TagObject(b.ctx, b.by, x.Object, tag, 0)
				b.must(err)
				x.tags = append(x.tags, tag)
			}
		}
		z.animals = append(z.animals, x)
	}
	return z
}

var words = []string{"zebra", "lion", "okapi"}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

// add adds an object of some kind and changes it once.
func (z *zoo) add(b *bed, random *rand.Rand, source *lectern.ImportSource, i int) *animal {
	by := b.by
	flip := func() *bool { return new(random.IntN(2) == 0) }
	flags := lectern.AvailabilityEdit{Chatbot: flip(), Copilot: flip(), SalesAgent: flip()}
	text := plumage{locale: pick(random, []lectern.Locale{"en", "de"}), state: lectern.Published, word: pick(random, words)}
	text.Apply(flags)
	x := &animal{created: b.clock.seconds(), createdBy: pick(random, z.admins), updatedBy: pick(random, z.admins)}
	by.Admin = x.createdBy
	var change func() error
	if random.IntN(2) == 0 && i%4 < 2 {
		x.folder = pick(random, z.folders)
	}
	switch i % 4 {
	case 0:
		text.locale, text.state = "en", pick(random, []lectern.State{lectern.Draft, lectern.Published})
		other := plumage{locale: "de", state: pick(random, []lectern.State{lectern.Draft, lectern.Published}),
			Availability: lectern.Availability{Chatbot: true, Copilot: true, SalesAgent: true}, word: pick(random, words)}
		edit := b.edit(text.word, "", text.state)
		edit.Availability, edit.Folder = flags, &x.folder
		if x.texts = []plumage{text}; random.IntN(2) == 0 {
			edit.Texts = map[lectern.Locale]lectern.ArticleTextEdit{"de": {Title: &other.word, State: &other.state}}
			x.texts = append(x.texts, other)
		}
		a, err := b.store.AddArticle(b.ctx, by, edit)
		b.must(err)
		x.Object = articleObject(a)
		change = func() error {
			_, err := b.store.UpdateArticle(b.ctx, by, a.ID, &lectern.ArticleEdit{}, nil)
			return err
		}
	case 1:
		edit := b.internalEdit(text.word, "")
		edit.Availability, edit.Folder, edit.Locale = flags, &x.folder, &text.locale
		a, err := b.store.AddInternalArticle(b.ctx, by, edit)
		b.must(err)
		x.Object = internalObject(a)
		change = func() error {
			_, err := b.store.UpdateInternalArticle(b.ctx, by, a.ID, &lectern.InternalArticleEdit{}, nil)
			return err
		}
	case 2:
		a, err := b.store.AddSnippet(b.ctx, by, &lectern.SnippetEdit{Title: &text.word, Locale: &text.locale,
			Content: &lectern.SnippetContent{Blocks: "[]"}, Availability: flags})
		b.must(err)
		x.Object = snippetObject(a)
		change = func() error {
			_, err := b.store.UpdateSnippet(b.ctx, by, a.ID, &lectern.SnippetEdit{}, nil)
			return err
		}
	case 3:
		text.locale = "en"
		edit := pageEdit(source, fmt.Sprint(i), "")
		edit.Title, edit.Chatbot, edit.Copilot, edit.SalesAgent = &text.word, flags.Chatbot, flags.Copilot, flags.SalesAgent
		a, err := b.store.PutExternalPage(b.ctx, by, edit)
		b.must(err)
		x.Object = pageObject(a)
		change = func() error {
			_, err := b.store.UpdateExternalPage(b.ctx, by, a.ID, &lectern.ExternalPageEdit{}, nil)
			return err
		}
	}
	if len(x.texts) == 0 {
		x.texts = []plumage{text}
	}
	b.clock.pass(time.Duration(random.IntN(2)) * time.Second)
	x.updated, by.Admin = b.clock.seconds(), x.updatedBy
	b.must(change())
	return x
}

// query makes up a query that asks for this and that.
func (z *zoo) query(random *rand.Rand) lectern.ContentQuery {
	q := lectern.ContentQuery{Kinds: lectern.ContentKinds}
	maybe := func() bool { return random.IntN(5) == 0 }
	when := func() time.Time { return z.from.Add(time.Duration(random.IntN(120)) * time.Second) }
	if random.IntN(2) == 0 {
		q.Phrase = pick(random, words)
	}
	if maybe() {
		q.Kinds = []lectern.ObjectKind{pick(random, lectern.ContentKinds), pick(random, lectern.ContentKinds)}
	}
	if maybe() {
		q.States = []lectern.State{pick(random, []lectern.State{lectern.Draft, lectern.Published})}
	}
	if maybe() {
		q.Locales = []lectern.Locale{pick(random, []lectern.Locale{"en", "de", "fr"})}
	}
	for _, flag := range []**bool{&q.Chatbot, &q.Copilot, &q.SalesAgent} {
		if maybe() {
			*flag = new(random.IntN(2) == 0)
		}
	}
	if maybe() {
		q.Tags = append(q.Tags, []lectern.TagID{pick(random, z.tags), pick(random, z.tags)})
	}
	if maybe() {
		q.Tags = append(q.Tags, []lectern.TagID{pick(random, z.tags)})
	}
	if maybe() {
		q.NoTags = []lectern.TagID{pick(random, z.tags)}
	}
	if maybe() {
		q.Folders = []lectern.FolderID{pick(random, z.folders)}
	}
	if maybe() {
		q.CreatedBy = []lectern.AdminID{pick(random, z.admins)}
	}
	if maybe() {
		q.UpdatedBy = []lectern.AdminID{pick(random, z.admins)}
	}
	for _, at := range []*time.Time{&q.CreatedAfter, &q.CreatedBefore, &q.UpdatedAfter, &q.UpdatedBefore} {
		if random.IntN(12) == 0 {
			*at = when()
		}
	}
	return q
}

// find answers a query by looking at each object, in the order of a list.
func (z *zoo) find(q lectern.ContentQuery) []lectern.Object {
	var found []*animal
	for _, x := range z.animals {
		if z.fits(x, q) {
			found = append(found, x)
		}
	}
	slices.SortFunc(found, func(a, b *animal) int {
		return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(b.ID, a.ID))
	})
	var list []lectern.Object
	for _, x := range found {
		list = append(list, x.Object)
	}
	return list
}

func (z *zoo) fits(x *animal, q lectern.ContentQuery) bool {
	carries := func(tag lectern.TagID) bool { return slices.Contains(x.tags, tag) }
	for _, list := range q.Tags {
		if !slices.ContainsFunc(list, carries) {
			return false
		}
	}
	if slices.ContainsFunc(q.NoTags, carries) || !slices.Contains(q.Kinds, x.Kind) {
		return false
	}
	if len(q.Folders) > 0 {
		in := slices.Contains(q.Folders, x.folder)
		if x.folder == z.folders[1] {
			in = in || slices.Contains(q.Folders, z.folders[0])
		}
		if !in {
			return false
		}
	}
	among := func(list []lectern.AdminID, id lectern.AdminID) bool {
		return len(list) == 0 || slices.Contains(list, id)
	}
	within := func(at, after, before time.Time) bool {
		return (after.IsZero() || !at.Before(after)) && (before.IsZero() || !at.After(before))
	}
	return among(q.CreatedBy, x.createdBy) && among(q.UpdatedBy, x.updatedBy) &&
		within(x.created, q.CreatedAfter, q.CreatedBefore) && within(x.updated, q.UpdatedAfter, q.UpdatedBefore) &&
		slices.ContainsFunc(x.texts, func(t plumage) bool {
			is := func(flag *bool, value bool) bool { return flag == nil || *flag == value }
			return (q.Phrase == "" || q.Phrase == t.word) && (len(q.States) == 0 || slices.Contains(q.States, t.state)) &&
				(len(q.Locales) == 0 || slices.Contains(q.Locales, t.locale)) &&
				is(q.Chatbot, t.Chatbot) && is(q.Copilot, t.Copilot) && is(q.SalesAgent, t.SalesAgent)
		})
}
