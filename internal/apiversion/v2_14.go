package apiversion

// v2_14 changed nothing here: away_status_reason_id, which its description
// adds to admins, is sent to clients of older versions as well.
var v2_14 = Version{Name: "2.14"}
