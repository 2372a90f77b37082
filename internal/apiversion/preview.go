package apiversion

var preview = Version{Name: "Preview", Unserved: true, Changes: []*Change{&foldersExist}}

var foldersExist = Change{
	About: "Content can be kept in folders.",
	Added: []string{"GET /folders", "POST /folders", "GET /folders/{id}", "PUT /folders/{id}", "DELETE /folders/{id}"},
}
