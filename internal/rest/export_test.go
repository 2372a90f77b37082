package rest

// Operations lets a test walk the route table.
var Operations = operations
