package apiversion

// v2_7 is the oldest version: what it changed is not told.
var v2_7 = Version{Name: "2.7"}
