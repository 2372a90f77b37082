package storetest

import (
	"errors"
	"time"

	"lectern"
)

var folderTests = []test{
	{"a folder keeps what it is given", func(b *bed) {
		parent := b.folder("Handbook", 0)
		b.equal("top", *parent, lectern.Folder{ID: parent.ID, Name: "Handbook", CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds()})
		f, err := b.store.AddFolder(b.ctx, b.by, &lectern.FolderEdit{
			Name: new("Refunds"), Description: new("Money back"), Emoji: new("📚"), Parent: &parent.ID,
		})
		b.must(err)
		want := lectern.Folder{
			ID: f.ID, Name: "Refunds", Description: "Money back", Emoji: "📚", Parent: parent.ID,
			CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		}
		b.equal("added", *f, want)
		b.clock.pass(time.Minute)
		b.equal("events", b.happened(func() {
			got, err := b.store.UpdateFolder(b.ctx, b.by, f.ID, &lectern.FolderEdit{Description: new(""), Parent: new(lectern.FolderID(0))}, func(now *lectern.Folder) error {
				b.equal("before", *now, want)
				return nil
			})
			b.must(err)
			want.Description, want.Parent, want.UpdatedAt = "", 0, b.clock.seconds()
			b.equal("updated", *got, want)
		}), "folder.updated")
		got, err := b.store.Folder(b.ctx, b.ws, f.ID)
		b.must(err)
		b.equal("read", *got, want)
	}},
	{"folders are listed by their last change", func(b *bed) {
		one := b.folder("one", 0)
		two := b.folder("two", one.ID)
		three := b.folder("three", two.ID)
		b.clock.pass(time.Minute)
		_, err := b.store.UpdateFolder(b.ctx, b.by, two.ID, &lectern.FolderEdit{}, nil)
		b.must(err)
		type ids = []lectern.FolderID
		b.equal("all", b.folders(lectern.FolderQuery{}, 3), ids{two.ID, three.ID, one.ID})
		b.equal("a page", b.folders(lectern.FolderQuery{Offset: 1, Limit: 1}, 3), ids{three.ID})
		b.equal("in one", b.folders(lectern.FolderQuery{Parent: one.ID}, 1), ids{two.ID})
		b.equal("in three", b.folders(lectern.FolderQuery{Parent: three.ID}, 0), ids(nil))
	}},
	{"a folder is never inside itself", func(b *bed) {
		one := b.folder("one", 0)
		two := b.folder("two", one.ID)
		three := b.folder("three", two.ID)
		b.equal("events", b.happened(func() {
			for _, parent := range []lectern.FolderID{one.ID, two.ID, three.ID, three.ID + 1000} {
				_, err := b.store.UpdateFolder(b.ctx, b.by, one.ID, &lectern.FolderEdit{Parent: &parent}, nil)
				b.refused(err, lectern.Invalid, "folder.parent_folder_id")
			}
			_, err := b.store.AddFolder(b.ctx, b.by, &lectern.FolderEdit{Name: new("x"), Parent: new(three.ID + 1000)})
			b.refused(err, lectern.Invalid, "folder.parent_folder_id")
			_, err = b.store.UpdateFolder(b.ctx, b.by, one.ID, &lectern.FolderEdit{}, func(*lectern.Folder) error { return lectern.Stale })
			if !errors.Is(err, lectern.Stale) {
				b.Errorf("error %v, want what check returned", err)
			}
			_, err = b.store.UpdateFolder(b.ctx, b.by, three.ID+1000, &lectern.FolderEdit{}, nil)
			b.refused(err, lectern.NotFound, "")
		}), "")
		_, err := b.store.UpdateFolder(b.ctx, b.by, three.ID, &lectern.FolderEdit{Parent: &one.ID}, nil)
		b.must(err)
	}},
	{"a folder that holds something is not deleted", func(b *bed) {
		f := b.folder("f", 0)
		inner := b.folder("inner", f.ID)
		edit := b.internalEdit("A", "")
		edit.Folder = &inner.ID
		a, err := b.store.AddInternalArticle(b.ctx, b.by, edit)
		b.must(err)
		b.equal("events", b.happened(func() {
			b.refused(b.store.DeleteFolder(b.ctx, b.by, f.ID), lectern.Conflict, "")
			b.refused(b.store.DeleteFolder(b.ctx, b.by, inner.ID), lectern.Conflict, "")
		}), "")
		got, err := b.store.Folder(b.ctx, b.ws, inner.ID)
		b.must(err)
		b.equal("content", got.ContentCount, 1)
		got, err = b.store.Folder(b.ctx, b.ws, f.ID)
		b.must(err)
		b.equal("content", got.ContentCount, 0)
		b.must(b.store.DeleteInternalArticle(b.ctx, b.by, a.ID))
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteFolder(b.ctx, b.by, inner.ID))
			b.must(b.store.DeleteFolder(b.ctx, b.by, f.ID))
			b.refused(b.store.DeleteFolder(b.ctx, b.by, f.ID), lectern.NotFound, "")
		}), "folder.deleted folder.deleted")
		_, err = b.store.Folder(b.ctx, b.ws, f.ID)
		b.refused(err, lectern.NotFound, "")
	}},
	{"another workspace's folders are out of reach", func(b *bed) {
		f := b.folder("Secret", 0)
		o := b.another()
		mine := o.folder("Mine", 0)
		o.equal("events", o.happened(func() {
			_, err := o.store.Folder(o.ctx, o.ws, f.ID)
			o.refused(err, lectern.NotFound, "")
			_, err = o.store.UpdateFolder(o.ctx, o.by, f.ID, &lectern.FolderEdit{Name: new("x")}, nil)
			o.refused(err, lectern.NotFound, "")
			o.refused(o.store.DeleteFolder(o.ctx, o.by, f.ID), lectern.NotFound, "")
			_, err = o.store.UpdateFolder(o.ctx, o.by, mine.ID, &lectern.FolderEdit{Parent: &f.ID}, nil)
			o.refused(err, lectern.Invalid, "folder.parent_folder_id")
			_, err = o.store.AddFolder(o.ctx, o.by, &lectern.FolderEdit{Name: new("x"), Parent: &f.ID})
			o.refused(err, lectern.Invalid, "folder.parent_folder_id")
		}), "")
		o.equal("list", o.folders(lectern.FolderQuery{}, 1), []lectern.FolderID{mine.ID})
		o.equal("children", o.folders(lectern.FolderQuery{Parent: f.ID}, 0), []lectern.FolderID(nil))
		got, err := b.store.Folder(b.ctx, b.ws, f.ID)
		b.must(err)
		b.equal("folder", *got, *f)
	}},
}

// folder adds a folder, inside a parent unless that is zero.
func (b *bed) folder(name string, parent lectern.FolderID) *lectern.Folder {
	b.Helper()
	f, err := b.store.AddFolder(b.ctx, b.by, &lectern.FolderEdit{Name: &name, Parent: &parent})
	b.must(err)
	return f
}

// folders lists the IDs of a page; total is how many there must be on all.
func (b *bed) folders(q lectern.FolderQuery, total int) []lectern.FolderID {
	b.Helper()
	list, n, err := b.store.Folders(b.ctx, b.ws, q)
	b.must(err)
	b.equal("total", n, total)
	var found []lectern.FolderID
	for _, f := range list {
		found = append(found, f.ID)
	}
	return found
}
