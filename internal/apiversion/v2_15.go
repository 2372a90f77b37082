package apiversion

var v2_15 = Version{Name: "2.15", Changes: []*Change{&brandsExist}}

var brandsExist = Change{
	About: "Brands can be listed and retrieved.",
	Added: []string{"GET /brands", "GET /brands/{id}"},
}
