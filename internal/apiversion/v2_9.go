package apiversion

// v2_9 changed nothing here.
var v2_9 = Version{Name: "2.9"}
