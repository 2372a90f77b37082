package main

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"lectern"
	"lectern/internal/app"
)

// ownServer starts an empty server, hands it to use and takes it away again.
// With a database it keeps its content there, else in SQLite.
func ownServer(ctx context.Context, database string, locale lectern.Locale, use func(client) error) (err error) {
	folder, err := os.MkdirTemp("", "relevance")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	a, err := app.Open(ctx, app.Config{Database: app.Place(cmp.Or(database, folder)), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	secret := lectern.NewTokenSecret()
	_, _, err = a.Store.Setup(ctx, lectern.Setup{
		WorkspaceName: "Relevance", Admin: lectern.Admin{Name: "Admin"}, Locale: cmp.Or(locale, "en"),
		Identifier: "help", HelpCenter: "Help Center", TokenName: "relevance", Token: lectern.HashToken(secret),
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer a.Start(ctx)()
	server := &http.Server{Handler: a, ReadHeaderTimeout: time.Minute}
	go server.Serve(listener)
	defer server.Close()
	return use(client{"http://" + listener.Addr().String(), secret})
}
