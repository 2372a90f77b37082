package find

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"

	"lectern"
	"lectern/internal/meaning"
	"lectern/internal/richtext"
	"lectern/internal/store/db"
)

// VectorWork is what making vectors is called, which one process does at a time.
const VectorWork = "vectors"

const (
	embedAtOnce  = 16              // texts that a service is asked for at once
	embedTime    = time.Minute     // that it may take for these
	maxEmbedRest = 5 * time.Minute // before it is asked again after many errors
	loadAtOnce   = 512             // vectors that one transaction reads
	// maxSpaces is about how many bytes of vectors are kept in memory.
	maxSpaces = 512 << 20
	// sweepEvery is how often vectors of texts that are gone are deleted.
	sweepEvery = time.Hour
)

// meanings is what the store keeps in memory about what texts mean. It is empty
// unless UseMeaning was called.
type meanings struct {
	embedder meaning.Embedder
	query    queryVectors

	mu     sync.RWMutex // guards what follows
	spaces map[lectern.WorkspaceID]*meaningSpace
	lost   int // counts what clear was told of

	// Of LearnMeaning, which runs once at a time.
	learn    sync.Mutex
	upTo     map[lectern.WorkspaceID]lectern.EventID // nothing is due up to this event
	upToLost int                                     // lost when that was empty
	failures int
	rest     time.Time // not to be asked before
	swept    time.Time
}

// A meaningSpace has the vectors of a workspace.
type meaningSpace struct {
	*meaning.Space
	change int64 // of the last row that was read
	full   bool  // and said so
}

// UseMeaning has searches for articles also find what means alike, by an
// embedder. It is called before the store is used by several goroutines; the
// work is done by LearnMeaning.
func (f *Finder) UseMeaning(e meaning.Embedder) {
	f.meanings.embedder, f.meanings.spaces, f.meanings.upTo, f.meanings.query.vectors = e, nil, nil, nil
}

// clear drops all: the changes by which vectors are read are no more.
func (m *meanings) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lost++
	m.spaces = nil
}

// losses is how often something was lost.
func (m *meanings) losses() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.lost
}

// A wordlessText is the text of an article whose vector is to be made.
type wordlessText struct {
	ws      lectern.WorkspaceID
	article lectern.ArticleID
	locale  lectern.Locale
	event   lectern.EventID
	known   bool // by the same model
	was     string
	digest  string
	text    string
	vector  []float32
}

// LearnMeaning has vectors made of some texts that have none yet or that
// changed, if this process is the one that does, and reads those that other processes made. It reports whether there
// may be more to do. A service that fails is asked again after a while, a longer
// one each time; the log tells. Where the work ended it goes on, in whichever
// process.
func (f *Finder) LearnMeaning(ctx context.Context) (more bool, err error) {
	m := &f.meanings
	if m.embedder == nil {
		return false, nil
	}
	m.learn.Lock()
	defer m.learn.Unlock()
	_, err = f.o.Alone(ctx, VectorWork, func(ctx context.Context) (err error) {
		more, err = f.embedSome(ctx)
		return err
	})
	return more, errors.Join(err, f.LoadMeaning(ctx))
}

// embedSome has vectors made of some texts of one workspace.
func (f *Finder) embedSome(ctx context.Context) (more bool, err error) {
	m := &f.meanings
	if time.Now().Before(m.rest) {
		return false, nil
	}
	if lost := m.losses(); lost != m.upToLost {
		m.upTo, m.upToLost = nil, lost
	}
	var due []wordlessText
	for _, ws := range f.o.Workspaces() {
		last, known := f.o.LastEvent(ws), m.upTo[ws]
		if known == last {
			continue
		}
		if due, err = f.textsToEmbed(ctx, ws, known); err != nil {
			return false, err
		}
		if len(due) > 0 {
			break
		}
		if m.upTo == nil {
			m.upTo = map[lectern.WorkspaceID]lectern.EventID{}
		}
		m.upTo[ws] = last
	}
	if len(due) == 0 {
		return false, f.sweepVectors(ctx)
	}
	if err := f.embedTexts(ctx, due); err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		rest := min(time.Second<<min(m.failures, 20), maxEmbedRest)
		m.failures++
		m.rest = time.Now().Add(rest)
		f.log.Warn("cannot have vectors made of texts; searches go on by words", "again after", rest.String(), "error", err)
		return false, nil
	}
	m.failures = 0
	return true, f.saveVectors(ctx, due)
}

// textsToEmbed reads some texts whose vectors are missing, old or of another
// model, among those of a workspace that changed after an event, or among all of
// it if that is zero.
func (f *Finder) textsToEmbed(ctx context.Context, ws lectern.WorkspaceID, after lectern.EventID) ([]wordlessText, error) {
	return db.List(ctx, f.db, "find texts to embed", func(r db.Rows) (t wordlessText, err error) {
		var title, description, body, model string
		err = r.Scan(&t.ws, &t.article, &t.locale, &t.event, &t.was, &model, &title, &description, &body)
		t.known = model == f.meanings.embedder.Model()
		t.text = title + "\n" + description + "\n" + richtext.Text(body)
		sum := sha256.Sum256([]byte(t.text))
		t.digest = hex.EncodeToString(sum[:16])
		return t, err
	}, `SELECT t.workspace_id, t.object_id, t.locale, t.event_id, COALESCE(v.digest, ''), COALESCE(v.model, ''),
			x.title, x.description, x.body
		FROM search_text t
		JOIN article_text x ON x.workspace_id = t.workspace_id AND x.article_id = t.object_id AND x.locale = t.locale
		LEFT JOIN search_vector v ON v.workspace_id = t.workspace_id AND v.article_id = t.object_id AND v.locale = t.locale
		WHERE t.workspace_id = $5 AND t.event_id > $4 AND t.kind = $1 AND t.state <> ''
			AND (v.article_id IS NULL OR v.event_id <> t.event_id OR v.model <> $2)
		ORDER BY t.event_id, t.object_id, t.locale LIMIT $3`, lectern.ArticleObject, f.meanings.embedder.Model(), embedAtOnce, cmp.Or(after, -1), ws)
}

// WithoutVector counts the texts whose vectors are to be made.
func (f *Finder) WithoutVector(ctx context.Context) (n int, err error) {
	if f.meanings.embedder == nil {
		return 0, nil
	}
	for _, ws := range f.o.Workspaces() {
		waiting, err := db.Find(ctx, f.db, "count texts to embed", db.Scalar[int], `
			SELECT count(*) FROM search_text t
			LEFT JOIN search_vector v ON v.workspace_id = t.workspace_id AND v.article_id = t.object_id AND v.locale = t.locale
			WHERE t.workspace_id = $3 AND t.kind = $1 AND t.state <> '' AND (v.article_id IS NULL OR v.event_id <> t.event_id OR v.model <> $2)`,
			lectern.ArticleObject, f.meanings.embedder.Model(), ws)
		if err != nil {
			return n, err
		}
		n += waiting
	}
	return n, nil
}

// embedTexts sets the vectors of texts. Those that did not change, and those
// that the service refuses, are left without.
func (f *Finder) embedTexts(ctx context.Context, list []wordlessText) error {
	ctx, cancel := context.WithTimeout(ctx, embedTime)
	defer cancel()
	var texts []string
	var at []int
	for i, t := range list {
		if (!t.known || t.was != t.digest) && strings.TrimSpace(t.text) != "" {
			texts, at = append(texts, t.text), append(at, i)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	vectors, err := f.meanings.embedder.Embed(ctx, texts)
	if errors.Is(err, meaning.ErrRefused) {
		return f.embedEach(ctx, list, at)
	}
	for i, v := range vectors {
		list[at[i]].vector = v
	}
	return err
}

// embedEach has vectors made one by one, to find the text that is refused.
func (f *Finder) embedEach(ctx context.Context, list []wordlessText, at []int) error {
	// If the plainest text is refused the fault is not with the texts.
	if _, err := f.meanings.embedder.Embed(ctx, []string{"text"}); err != nil {
		return err
	}
	for _, i := range at {
		vectors, err := f.meanings.embedder.Embed(ctx, []string{list[i].text})
		switch {
		case errors.Is(err, meaning.ErrRefused):
			f.log.Warn("the text of an article has no vector; searches find it by words", "article", list[i].article, "locale", list[i].locale, "error", err)
		case err != nil:
			return err
		default:
			list[i].vector = vectors[0]
		}
	}
	return nil
}

// saveVectors stores what was made of texts of one workspace.
func (f *Finder) saveVectors(ctx context.Context, list []wordlessText) error {
	return f.db.WriteUnordered(ctx, list[0].ws, "store vectors", func(c db.Conn) error {
		change, err := f.o.Tick(c, list[0].ws)
		if err != nil {
			return err
		}
		for _, x := range list {
			if x.known && x.was == x.digest {
				_, err = c.Exec(`UPDATE search_vector SET event_id = $4 WHERE workspace_id = $1 AND article_id = $2 AND locale = $3`,
					x.ws, x.article, x.locale, x.event)
			} else {
				_, err = c.Exec(`
					INSERT INTO search_vector (workspace_id, article_id, locale, model, digest, event_id, change, vector)
					VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
					ON CONFLICT (workspace_id, article_id, locale) DO UPDATE SET model = excluded.model, digest = excluded.digest,
						event_id = excluded.event_id, change = excluded.change, vector = excluded.vector`,
					x.ws, x.article, x.locale, f.meanings.embedder.Model(), x.digest, x.event, change, meaning.Encode(x.vector))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// sweepVectors deletes the vectors of texts that are gone, now and then.
func (f *Finder) sweepVectors(ctx context.Context) error {
	m := &f.meanings
	if time.Since(m.swept) < sweepEvery {
		return nil
	}
	m.swept = time.Now()
	var gone int64
	err := f.db.WriteUnordered(ctx, 0, "delete old vectors", func(c db.Conn) (err error) {
		gone, err = c.Exec(`DELETE FROM search_vector WHERE NOT EXISTS (
			SELECT 1 FROM search_text t WHERE t.workspace_id = search_vector.workspace_id
				AND t.object_id = search_vector.article_id AND t.locale = search_vector.locale AND t.state <> '')`)
		return err
	})
	if err == nil && gone > 0 { // begin anew without them
		m.mu.Lock()
		m.spaces = nil
		m.mu.Unlock()
	}
	return err
}

// LoadMeaning reads the vectors that are new since it read the last ones.
func (f *Finder) LoadMeaning(ctx context.Context) error {
	if f.meanings.embedder == nil {
		return nil
	}
	workspaces, err := db.List(ctx, f.db, "list workspaces", db.Scalar[lectern.WorkspaceID], `SELECT workspace_id FROM workspace ORDER BY workspace_id`)
	if err != nil {
		return err
	}
	for _, ws := range workspaces {
		if err := f.loadSpace(ctx, ws); err != nil {
			return err
		}
	}
	return nil
}

// A vectorRow is a row of search_vector.
type vectorRow struct {
	article lectern.ArticleID
	locale  lectern.Locale
	model   string
	change  int64
	vector  []byte
}

// loadSpace reads the new vectors of a workspace. All of one change are read
// together: it is small.
func (f *Finder) loadSpace(ctx context.Context, ws lectern.WorkspaceID) error {
	s, lost := f.meanings.space(ws), f.meanings.losses()
	if s == nil {
		s = &meaningSpace{Space: meaning.NewSpace(maxSpaces - f.meanings.size())}
	}
	for {
		rows, err := db.List(ctx, f.db, "read vectors", func(r db.Rows) (x vectorRow, err error) {
			err = r.Scan(&x.article, &x.locale, &x.model, &x.change, &x.vector)
			return x, err
		}, `SELECT article_id, locale, model, change, vector FROM search_vector
			WHERE workspace_id = $1 AND change > $2 AND change <= (
				SELECT COALESCE(max(change), 0) FROM (
					SELECT change FROM search_vector WHERE workspace_id = $1 AND change > $2 ORDER BY change LIMIT $3) AS next)
			ORDER BY change`, ws, s.change, loadAtOnce)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		for _, x := range rows {
			v := meaning.Decode(x.vector)
			if x.model != f.meanings.embedder.Model() {
				v = nil
			}
			if !s.Put(int64(x.article), x.locale, v) && !s.full {
				s.full = true
				f.log.Warn("there are more vectors than memory for them; searches find the other texts by words", "workspace", ws)
			}
			s.change = x.change
		}
		f.meanings.keep(ws, s, lost)
	}
}

// space returns the vectors of a workspace, or nil.
func (m *meanings) space(ws lectern.WorkspaceID) *meaningSpace {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.spaces[ws]
}

// keep keeps the vectors of a workspace, unless some were lost since.
func (m *meanings) keep(ws lectern.WorkspaceID, s *meaningSpace, lost int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lost != m.lost {
		return
	}
	if m.spaces == nil {
		m.spaces = map[lectern.WorkspaceID]*meaningSpace{}
	}
	m.spaces[ws] = s
}

// size is about how many bytes all vectors take.
func (m *meanings) size() (n int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, s := range m.spaces {
		n += s.Size()
	}
	return n
}
