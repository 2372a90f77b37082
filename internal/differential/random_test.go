package differential_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

type object = map[string]any

// A story is a sequence of random requests about things that it made before.
type story struct {
	*twin
	random *rand.Rand
	made   map[string][]string // IDs by the path of their kind
	worked map[string]int      // how often each kind of change was made
	admin  string
	center string
	site   string // the address of the help center
}

func newStory(w *twin, seed uint64) *story {
	s := &story{twin: w, random: rand.New(rand.NewPCG(seed, seed)), made: map[string][]string{}, worked: map[string]int{}}
	s.admin = w.do("GET", "/me", nil).body["id"].(string)
	home := w.do("GET", "/help_center/help_centers", nil).body["data"].([]any)[0].(object)
	s.center, s.site = home["id"].(string), home["url"].(string)
	return s
}

// words have upper and lower case, accents, several scripts, and signs that an
// SQL or a search syntax could take for its own.
var words = strings.Fields(`password Reset invoice refund größe Größe naïve naive über été ÉTÉ Paris 東京 パスワード
	пароль Ёлка straße STRASSE İstanbul ışık don't "quoted" 50% _under \back NULL 'or' -- emoji🐧 account billing
	export import widget Zebra apple Äpfel zzz 0 10 9 a b`)

func (s *story) words(n int) string {
	var b strings.Builder
	for i := range 1 + s.random.IntN(n) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[s.random.IntN(len(words))])
	}
	return b.String()
}

func (s *story) pick(list ...string) string { return list[s.random.IntN(len(list))] }

// some is the ID of something of a kind, now and then of nothing.
func (s *story) some(kind string) string {
	ids := s.made[kind]
	if len(ids) == 0 || s.random.IntN(20) == 0 {
		return strconv.Itoa(s.random.IntN(3000))
	}
	return ids[s.random.IntN(len(ids))]
}

// number is an ID as a number.
func number(id string) any {
	n, err := strconv.Atoi(id)
	if err != nil {
		return id
	}
	return n
}

func (s *story) html() string {
	var b strings.Builder
	for range 1 + s.random.IntN(3) {
		fmt.Fprintf(&b, "<p>%s</p>", strings.NewReplacer("&", "", "<", "").Replace(s.words(30)))
	}
	return b.String()
}

// kinds are what can be made, changed and deleted by the same three requests.
var kinds = map[string]func(*story) object{
	"/articles": func(s *story) object {
		o := object{"title": s.words(6), "body": s.html(), "author_id": number(s.admin), "state": s.pick("draft", "published", "published")}
		if s.random.IntN(2) == 0 {
			o["description"] = s.words(8)
		}
		if s.random.IntN(2) == 0 {
			o["parent_id"], o["parent_type"] = number(s.some("/help_center/collections")), "collection"
		}
		if s.random.IntN(3) == 0 {
			text := object{"title": s.words(6), "body": s.html(), "author_id": number(s.admin), "state": s.pick("draft", "published")}
			o["translated_content"] = object{s.pick("fr", "de", "ja", "pt-BR"): text}
		}
		return o
	},
	"/help_center/collections": func(s *story) object {
		o := object{"name": s.words(4), "description": s.words(8)}
		if s.random.IntN(2) == 0 {
			o["parent_id"] = number(s.some("/help_center/collections"))
		}
		return o
	},
	"/internal_articles": func(s *story) object {
		return object{"title": s.words(6), "body": s.html(), "author_id": number(s.admin), "owner_id": number(s.admin), "locale": s.pick("en", "de")}
	},
	"/content_snippets": func(s *story) object {
		return object{"title": s.words(4), "locale": s.pick("en", "ja"),
			"json_blocks": []any{object{"type": "paragraph", "text": s.words(20)}}}
	},
	"/folders": func(s *story) object {
		f := object{"name": s.words(3)}
		if s.random.IntN(2) == 0 {
			f["parent_folder_id"] = number(s.some("/folders"))
		}
		return object{"folder": f}
	},
	"/audiences": func(s *story) object {
		return object{"name": s.words(3), "predicates": []any{object{
			"attribute": "company.name", "type": "string", "comparison": "eq", "value": s.words(2),
		}}}
	},
	"/ai/content_import_sources": func(s *story) object {
		return object{"sync_behavior": "api", "url": "https://example.com/" + url.PathEscape(s.words(1))}
	},
	"/ai/external_pages": func(s *story) object {
		return object{"title": s.words(4), "html": s.html(), "locale": "en", "source_id": number(s.some("/ai/content_import_sources")),
			"external_id": s.pick("a", "b", "c", "d"), "url": "https://example.com/p"}
	},
	"/tags": func(s *story) object { return object{"name": s.words(2)} },
}

// step makes one random request that changes something.
func (s *story) step() {
	s.Helper()
	s.clock.pass(time.Duration(s.random.IntN(3)) * time.Second / 2)
	all := make([]string, 0, len(kinds))
	for kind := range kinds {
		all = append(all, kind)
	}
	slices.Sort(all)
	kind := all[s.random.IntN(len(all))]
	switch n := s.random.IntN(20); {
	case n < 9:
		s.add(kind)
	case n < 13:
		s.change("PUT", kind, "/"+s.some(kind), kinds[kind](s))
	case n < 14:
		s.change("DELETE", kind, "/"+s.some(kind), nil)
	case n < 16:
		on := s.pick("/articles", "/internal_articles", "/content_snippets")
		if tags := "/" + s.some(on) + "/tags"; s.random.IntN(3) > 0 {
			s.change("POST", on, tags, object{"id": s.some("/tags")})
		} else {
			s.change("DELETE", on, tags+"/"+s.some("/tags"), object{})
		}
	case n < 17:
		s.change("PUT", "/articles", "/"+s.some("/articles")+"/draft", object{"title": s.words(6), "body": s.html()})
		s.change("POST", "/articles", "/"+s.some("/articles")+"/draft/publish", nil)
	case n < 18:
		at := "/help_center/help_centers/" + s.center + "/redirects"
		s.note(at, s.change("POST", at, "", object{
			"from_url": s.site + "/" + s.pick("a", "b", "Ä", "old%20page"), "locale": "en",
			"target_type": "article", "target_id": s.some("/articles"),
		}))
	case n < 19:
		s.change("POST", "/content/bulk_actions", "", object{
			"action": "update_tags", "tags": object{"add_tag_ids": []any{s.some("/tags")}},
			"content_ids": []any{object{"type": "article", "id": s.some("/articles")}},
		})
		s.work()
	default:
		s.change("PUT", "/admins", "/"+s.admin+"/away", object{"away_mode_enabled": s.random.IntN(2) == 0, "away_mode_reassign": false})
	}
}

// digits are the IDs in a path.
var digits = regexp.MustCompile("[0-9]+")

// change makes a request that changes a thing of a kind.
func (s *story) change(method, kind, rest string, body any) answer {
	s.Helper()
	a := s.do(method, kind+rest, body)
	if a.status < 300 {
		s.worked[method+" "+digits.ReplaceAllString(kind+rest, "N")]++
	}
	return a
}

// add makes a thing of a kind.
func (s *story) add(kind string) {
	s.Helper()
	s.note(kind, s.change("POST", kind, "", kinds[kind](s)))
}

// note remembers what was made.
func (s *story) note(kind string, a answer) {
	if a.status >= 300 {
		return
	}
	switch id := a.body["id"].(type) {
	case string:
		s.made[kind] = append(s.made[kind], id)
	case float64:
		s.made[kind] = append(s.made[kind], strconv.Itoa(int(id)))
	}
}

// work does the items of bulk actions on both.
func (s *story) work() {
	s.Helper()
	for _, n := range s.nodes {
		for more := true; more; {
			var err error
			if more, err = n.db.DoBulkItem(s.Context()); err != nil {
				s.Fatal(err)
			}
		}
	}
}

// read makes one random request that reads.
func (s *story) read() {
	s.Helper()
	all := make([]string, 0, len(kinds))
	for kind := range kinds {
		all = append(all, kind)
	}
	slices.Sort(all)
	kind := all[s.random.IntN(len(all))]
	phrase := url.QueryEscape(s.words(3))
	page := fmt.Sprintf("page=%d&per_page=%d", 1+s.random.IntN(4), 1+s.random.IntN(8))
	switch s.random.IntN(9) {
	case 0:
		s.do("GET", kind+"/"+s.some(kind), nil)
	case 1:
		s.do("GET", kind+"?"+page, nil)
	case 2:
		s.do("GET", "/articles/search?highlight=true&phrase="+phrase, nil)
	case 3:
		s.do("GET", "/articles/search?state="+s.pick("all", "draft", "published")+"&phrase="+phrase, nil)
	case 4:
		s.do("GET", "/content/search?phrase="+phrase+"&"+page, nil)
	case 5:
		s.do("GET", "/content/search?tag_ids="+s.some("/tags")+"&"+page, nil)
	case 6:
		s.do("GET", "/internal_articles/search?phrase="+phrase, nil)
	case 7:
		s.do("GET", "/articles/"+s.some("/articles")+s.pick("/draft", "/versions", ""), nil)
	default:
		s.do("GET", s.pick("/admins", "/teams", "/me", "/brands", "/help_center/help_centers",
			"/help_center/help_centers/"+s.center+"/redirects", "/admins/activity_logs?created_at_after=1"), nil)
	}
}

// all reads every list to its end, and every word.
func (s *story) all() {
	s.Helper()
	for kind := range kinds {
		for _, id := range s.made[kind] {
			s.do("GET", kind+"/"+id, nil)
		}
		for page := 1; page < 30; page++ {
			list := s.do("GET", fmt.Sprintf("%s?per_page=20&page=%d", kind, page), nil)
			if items, _ := list.body["data"].([]any); len(items) < 20 {
				break
			}
		}
	}
	for _, word := range words {
		s.do("GET", "/articles/search?state=all&highlight=true&phrase="+url.QueryEscape(word), nil)
		s.do("GET", "/content/search?per_page=50&phrase="+url.QueryEscape(word), nil)
	}
	s.do("GET", "/admins/activity_logs?created_at_after=1", nil)
}
