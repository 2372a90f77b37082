package store

import (
	"errors"

	"lectern"
	"lectern/internal/store/db"
)

// subtreeIDs is a query for the IDs of collection $2 of workspace $1 and all
// its descendants.
const subtreeIDs = `
	WITH RECURSIVE tree (id) AS (
		SELECT CAST($2 AS BIGINT)
		UNION ALL
		SELECT c.id FROM tree JOIN collection c ON c.workspace_id = $1 AND c.parent_id = tree.id
	) SELECT id FROM tree`

// placeCollection finds the help center of a new collection and the place in
// it that edit asks for.
func (t *tx) placeCollection(x *lectern.Collection, edit *lectern.CollectionEdit) (*lectern.HelpCenter, error) {
	if edit.HelpCenter != nil {
		x.HelpCenter = *edit.HelpCenter
	}
	if edit.Parent != nil && *edit.Parent != 0 {
		parent, err := t.parentOf(x, *edit.Parent)
		if err != nil {
			return nil, err
		}
		x.Parent, x.HelpCenter = parent.ID, parent.HelpCenter
	}
	if x.HelpCenter == 0 {
		h, err := defaultHelpCenter(t, t.by.Workspace)
		if err != nil {
			return nil, err
		}
		x.HelpCenter = h.ID
		return h, nil
	}
	h, err := readHelpCenter(t, t.by.Workspace, x.HelpCenter)
	if errors.Is(err, lectern.NotFound) {
		return nil, lectern.Invalidf("help_center_id", "help_center_id is invalid")
	}
	return h, err
}

// moveCollection puts x where edit asks, last among its new siblings.
func (t *tx) moveCollection(x *lectern.Collection, edit *lectern.CollectionEdit) error {
	if edit.Parent == nil || *edit.Parent == x.Parent {
		return nil
	}
	if *edit.Parent != 0 {
		if _, err := t.parentOf(x, *edit.Parent); err != nil {
			return err
		}
	}
	x.Parent = *edit.Parent
	var err error
	x.Position, err = t.nextPosition(x)
	return err
}

// placeAmong puts x at a position among those that it stands with, which close
// up around it.
func (t *tx) placeAmong(x *lectern.Collection, position int) error {
	type sibling struct {
		id       lectern.CollectionID
		position int
	}
	others, err := db.All(t, func(r db.Rows) (s sibling, err error) {
		err = r.Scan(&s.id, &s.position)
		return s, err
	}, `SELECT id, position FROM collection
		WHERE workspace_id = $1 AND help_center_id = $2 AND COALESCE(parent_id, 0) = $3 AND id <> $4
		ORDER BY position, id`, t.by.Workspace, x.HelpCenter, x.Parent, x.ID)
	if err != nil {
		return err
	}
	x.Position = max(1, min(position, len(others)+1))
	for i, s := range others {
		place := i + 1
		if place >= x.Position {
			place++
		}
		if place == s.position {
			continue
		}
		_, err := t.Exec(`UPDATE collection SET position = $3 WHERE workspace_id = $1 AND id = $2`, t.by.Workspace, s.id, place)
		if err != nil {
			return err
		}
	}
	return nil
}

// parentOf returns the collection that is to be the parent of x, or Invalid if
// x cannot stand there. A help center that x does not have yet is the parent's.
func (t *tx) parentOf(x *lectern.Collection, id lectern.CollectionID) (*lectern.Collection, error) {
	parent, err := readCollection(t, t.by.Workspace, id)
	if errors.Is(err, lectern.NotFound) {
		return nil, lectern.Invalidf("parent_id", "parent_id is invalid")
	}
	if err != nil {
		return nil, err
	}
	if x.HelpCenter != 0 && x.HelpCenter != parent.HelpCenter {
		return nil, lectern.Invalidf("parent_id", "parent_id must be a collection of the same help center")
	}
	ancestors, err := db.All(t, db.Scalar[lectern.CollectionID], `
		WITH RECURSIVE line (id, parent_id, level) AS (
			SELECT c.id, c.parent_id, 0 FROM collection c WHERE c.workspace_id = $1 AND c.id = $2
			UNION ALL
			SELECT c.id, c.parent_id, line.level + 1
			FROM line JOIN collection c ON c.workspace_id = $1 AND c.id = line.parent_id
		) SELECT id FROM line ORDER BY level`, t.by.Workspace, id)
	if err != nil {
		return nil, err
	}
	below := 1
	if x.ID != 0 {
		if below, err = t.levels(x.ID); err != nil {
			return nil, err
		}
	}
	return parent, lectern.CheckNesting(x.ID, ancestors, below)
}

// levels is how many levels a collection spans, 1 without children.
func (t *tx) levels(id lectern.CollectionID) (int, error) {
	return db.Count(t, `
		WITH RECURSIVE tree (id, level) AS (
			SELECT CAST($2 AS BIGINT), 1
			UNION ALL
			SELECT c.id, tree.level + 1 FROM tree JOIN collection c ON c.workspace_id = $1 AND c.parent_id = tree.id
		) SELECT max(level) FROM tree`, t.by.Workspace, id)
}

// nextPosition is the position after the last of those that x is to stand with.
func (t *tx) nextPosition(x *lectern.Collection) (int, error) {
	return db.Count(t, `
		SELECT COALESCE(max(position), 0) + 1 FROM collection
		WHERE workspace_id = $1 AND help_center_id = $2 AND COALESCE(parent_id, 0) = $3`,
		t.by.Workspace, x.HelpCenter, x.Parent)
}

// A lost is a collection about to be deleted.
type lost struct {
	id   lectern.CollectionID
	name string
}

// subtree lists a collection and its descendants, those deepest down first,
// with their names in the help center's default locale.
func (t *tx) subtree(x *lectern.Collection) ([]lost, error) {
	return db.All(t, func(r db.Rows) (l lost, err error) {
		err = r.Scan(&l.id, &l.name)
		return l, err
	}, `
		WITH RECURSIVE tree (id, level) AS (
			SELECT CAST($2 AS BIGINT), 1
			UNION ALL
			SELECT c.id, tree.level + 1 FROM tree JOIN collection c ON c.workspace_id = $1 AND c.parent_id = tree.id
		)
		SELECT tree.id, COALESCE(x.name, '')
		FROM tree
		JOIN help_center h ON h.workspace_id = $1 AND h.id = $3
		LEFT JOIN collection_text x ON x.workspace_id = $1 AND x.collection_id = tree.id AND x.locale = h.default_locale
		ORDER BY tree.level DESC, tree.id`, t.by.Workspace, x.ID, x.HelpCenter)
}
