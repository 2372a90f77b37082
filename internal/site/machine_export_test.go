package site

// Limits makes site maps and lists small until the returned function is called.
func Limits(pages, articles, bytes int) (restore func()) {
	p, a, b := mapPages, llmsArticles, llmsBytes
	mapPages, llmsArticles, llmsBytes = pages, articles, bytes
	return func() { mapPages, llmsArticles, llmsBytes = p, a, b }
}

// ListChars makes lists for programs short until the returned function is called.
func ListChars(n int) (restore func()) {
	was := llmsChars
	llmsChars = n
	return func() { llmsChars = was }
}
