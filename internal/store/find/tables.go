package find

import "lectern"

// Tables are where the objects of each kind are.
var Tables = map[lectern.ObjectKind]string{
	lectern.ArticleObject:         "article",
	lectern.InternalArticleObject: "internal_article",
	lectern.SnippetObject:         "content_snippet",
	lectern.ExternalPageObject:    "external_page",
}

// TextColumns are where the titles, descriptions and bodies of objects that are
// no articles are, in the tables of the objects.
var TextColumns = map[lectern.ObjectKind]string{
	lectern.InternalArticleObject: `title, '', body`,
	lectern.SnippetObject:         `title, '', body`,
	lectern.ExternalPageObject:    `title, '', html`,
}
