package storetest

import "lectern"

var brandTests = []test{
	{"a workspace has a default brand, of whichever help center is the default", func(b *bed) {
		w, err := b.store.Workspace(b.ctx, b.ws)
		b.must(err)
		brands, err := b.store.Brands(b.ctx, b.ws)
		b.must(err)
		if len(brands) != 1 {
			b.Fatalf("%d brands, want 1", len(brands))
		}
		d := brands[0]
		b.equal("default brand", *d, lectern.Brand{
			ID: d.ID, Name: w.Name, Default: true, HelpCenter: b.home.ID, AddressSettings: int64(d.ID) + 1,
			CreatedAt: b.clock.seconds(), UpdatedAt: b.clock.seconds(),
		})
		docs, err := b.store.AddHelpCenter(b.ctx, b.by, lectern.HelpCenter{Identifier: "docs", DefaultLocale: "en", Default: true})
		b.must(err)
		brands, err = b.store.Brands(b.ctx, b.ws)
		b.must(err)
		b.equal("help center", brands[0].HelpCenter, docs.ID)
	}},
	{"brands are listed after the default one, oldest first", func(b *bed) {
		docs := b.center("docs")
		b.equal("events", b.happened(func() {
			one, err := b.store.AddBrand(b.ctx, b.by, "Z", docs.ID)
			b.must(err)
			two, err := b.store.AddBrand(b.ctx, b.by, "A", b.home.ID)
			b.must(err)
			list, err := b.store.Brands(b.ctx, b.ws)
			b.must(err)
			if len(list) != 3 || !list[0].Default {
				b.Fatalf("brands %+v", list)
			}
			b.equal("brands", []lectern.Brand{*list[1], *list[2]}, []lectern.Brand{*one, *two})
			b.equal("help centers", []any{one.HelpCenter, two.HelpCenter}, []any{docs.ID, b.home.ID})
			b.equal("numbers of IDs", len(map[int64]bool{
				int64(list[0].ID): true, list[0].AddressSettings: true, int64(one.ID): true, one.AddressSettings: true,
				int64(two.ID): true, two.AddressSettings: true,
			}), 6)
			_, err = b.store.AddBrand(b.ctx, b.by, "B", docs.ID+1000)
			b.refused(err, lectern.Invalid, "help_center_id")
		}), "brand.created brand.created")
	}},
	{"another workspace has brands of its own", func(b *bed) {
		o := b.another()
		_, err := b.store.AddBrand(b.ctx, b.by, "B", b.home.ID)
		b.must(err)
		list, err := o.store.Brands(o.ctx, o.ws)
		o.must(err)
		if len(list) != 1 || list[0].HelpCenter != o.home.ID {
			o.Errorf("brands %+v", list)
		}
		_, err = o.store.AddBrand(o.ctx, o.by, "B", b.home.ID)
		o.refused(err, lectern.Invalid, "help_center_id")
	}},
}
