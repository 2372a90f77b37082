package apiversion

// v2_11 changed the words of the description alone: answers are those of 2.10.
var v2_11 = Version{Name: "2.11"}
