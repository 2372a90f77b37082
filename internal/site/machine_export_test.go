package site

// Limits makes site maps and lists small until the returned function is called.
func Limits(pages, articles, bytes int) (restore func()) {
	p, a, b := mapPages, llmsArticles, llmsBytes
	mapPages, llmsArticles, llmsBytes = pages, articles, bytes
	return func() { mapPages, llmsArticles, llmsBytes = p, a, b }
}
