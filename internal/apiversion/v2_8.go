package apiversion

var v2_8 = Version{Name: "2.8", Unserved: true}
