package fidelity

// nouns is every noun with its cases, in the order in which they run.
var nouns = []noun{
	workspace,
	admins,
	collections,
	sections,
	articles,
	audiences,
	redirects,
	searching,
	snippets,
	taggings,
	tags,
	folders,
	internalArticles,
	aiContent,
	brands,
	content,
	drafts,
}
