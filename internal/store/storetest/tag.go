package storetest

import "lectern"

var tagTests = []test{
	{"a tag has one name, whatever its case", func(b *bed) {
		g, err := b.store.AddTag(b.ctx, b.by, "Größe Σ")
		b.must(err)
		b.equal("events", b.happened(func() {
			again, err := b.store.AddTag(b.ctx, b.by, "gRÖßE ς")
			b.must(err)
			b.equal("tag", *again, *g)
		}), "")
		got, err := b.store.Tag(b.ctx, b.ws, g.ID)
		b.must(err)
		b.equal("tag", *got, lectern.Tag{ID: g.ID, Name: "Größe Σ"})
	}},
	{"a tag is renamed, but not to another's name", func(b *bed) {
		one, err := b.store.AddTag(b.ctx, b.by, "one")
		b.must(err)
		_, err = b.store.AddTag(b.ctx, b.by, "two")
		b.must(err)
		b.equal("events", b.happened(func() {
			_, err := b.store.RenameTag(b.ctx, b.by, one.ID, "TWO")
			b.refused(err, lectern.Conflict, "")
			_, err = b.store.RenameTag(b.ctx, b.by, one.ID+1000, "x")
			b.refused(err, lectern.NotFound, "")
			g, err := b.store.RenameTag(b.ctx, b.by, one.ID, "ONE")
			b.must(err)
			b.equal("name", g.Name, "ONE")
		}), "tag.updated")
		list, err := b.store.Tags(b.ctx, b.ws)
		b.must(err)
		if len(list) != 2 || list[0].Name != "ONE" || list[1].Name != "two" {
			b.Errorf("tags %+v", list)
		}
	}},
	{"a deleted tag is gone and its name is free", func(b *bed) {
		g, err := b.store.AddTag(b.ctx, b.by, "one")
		b.must(err)
		b.equal("events", b.happened(func() {
			b.must(b.store.DeleteTag(b.ctx, b.by, g.ID))
			b.refused(b.store.DeleteTag(b.ctx, b.by, g.ID), lectern.NotFound, "")
		}), "tag.deleted")
		_, err = b.store.Tag(b.ctx, b.ws, g.ID)
		b.refused(err, lectern.NotFound, "")
		again, err := b.store.AddTag(b.ctx, b.by, "one")
		b.must(err)
		if again.ID == g.ID {
			b.Error("the ID was given again")
		}
	}},
}
