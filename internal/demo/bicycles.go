package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"lectern"
	"lectern/internal/picture"
)

// The second help center is that of a made-up company. Its text and its pictures
// are ours, under Lectern's licence.
const (
	bicycles       = "fjordlight" // the identifier
	bicyclesCalled = "Fjordlight Bicycles and Workshops"
	pictureFolder  = "pictures" // beside the folders of locales
)

// writers are the authors of the second help center, by what its files call them.
var writers = map[string]lectern.Admin{
	"ingrid": {Name: "Ingrid Solberg", Email: "ingrid@fjordlight.example", JobTitle: "Workshop"},
	"samir":  {Name: "Samir Haddad", Email: "samir@fjordlight.example", JobTitle: "Mechanic"},
	"haruka": {Name: "Haruka Mori", Email: "haruka@fjordlight.example", JobTitle: "Rides"},
}

// openBicycles makes the second help center with its theme, its pictures and its
// authors, or what is missing of that, and returns what loads its text.
func openBicycles(ctx context.Context, s lectern.Store, by lectern.Actor, centers []*lectern.HelpCenter) (*loader, error) {
	m, err := readTree("bicycles", original)
	if err != nil {
		return nil, err
	}
	l := &loader{store: s, by: by, manual: m, authors: map[string]lectern.AdminID{}, pictures: map[string]lectern.AssetName{}}
	if l.center, err = theBicycles(ctx, s, by, centers); err != nil {
		return nil, err
	}
	if err := l.dress(ctx); err != nil {
		return nil, err
	}
	return l, l.hire(ctx)
}

// theBicycles returns the second help center, and makes it if it is not there.
// Another workspace may have its identifier; then it gets one with the number of
// this one.
func theBicycles(ctx context.Context, s lectern.Store, by lectern.Actor, centers []*lectern.HelpCenter) (*lectern.HelpCenter, error) {
	names := []string{bicycles, fmt.Sprintf("%s-%d", bicycles, by.Workspace)}
	for _, h := range centers {
		if slices.Contains(names, h.Identifier) {
			return h, nil
		}
	}
	for _, name := range names {
		h, err := s.AddHelpCenter(ctx, by, lectern.HelpCenter{
			Identifier: name, DisplayName: bicyclesCalled, DefaultLocale: original, WebsiteTurnedOn: true,
		})
		if err == nil || !errors.Is(err, lectern.Conflict) {
			return h, err
		}
	}
	return nil, lectern.Conflictf("the identifiers of the second help center are taken")
}

// dress gives the help center its look and its words, and stores the pictures.
func (l *loader) dress(ctx context.Context) error {
	var assets []lectern.Asset
	list, err := fs.ReadDir(files, "bicycles/"+pictureFolder)
	if err != nil {
		return fmt.Errorf("read the pictures: %w", err)
	}
	for _, f := range list {
		a, err := readPicture(f.Name())
		if err != nil {
			return err
		}
		assets = append(assets, a)
		l.pictures[f.Name()] = a.Name
	}
	_, _, err = l.store.UpdateSite(ctx, l.by, l.center.ID, assets, func(_ *lectern.HelpCenter, t *lectern.Theme) error {
		if len(t.Texts) > 0 {
			return nil // its owner has changed it, or it is done
		}
		t.Color, t.Header = "#17727c", lectern.PictureHeader
		t.Logo, t.LogoDark, t.Favicon, t.Picture = l.pictures["logo.svg"], l.pictures["logo-dark.svg"], l.pictures["logo.svg"], l.pictures["header.png"]
		t.Pictures = nil
		for _, a := range assets {
			t.Pictures = append(t.Pictures, a.Name)
		}
		t.Texts = bicycleTexts()
		return nil
	})
	if err != nil {
		return fmt.Errorf("dress the second help center: %w", err)
	}
	return nil
}

// readPicture takes a picture in as those of operators are.
func readPicture(name string) (lectern.Asset, error) {
	data, err := files.ReadFile("bicycles/" + pictureFolder + "/" + name)
	if err != nil {
		return lectern.Asset{}, err
	}
	use := picture.Logo
	if path.Ext(name) == ".png" {
		use = picture.Header
	}
	a, err := picture.Clean(data, use)
	if err != nil {
		return lectern.Asset{}, fmt.Errorf("picture %s: %w", name, err)
	}
	return a, nil
}

// hire adds the authors who are not in the workspace yet.
func (l *loader) hire(ctx context.Context) error {
	there, err := l.store.Admins(ctx, l.by.Workspace)
	if err != nil {
		return fmt.Errorf("list teammates: %w", err)
	}
	for _, called := range slices.Sorted(maps.Keys(writers)) {
		a := writers[called]
		if i := slices.IndexFunc(there, func(t *lectern.Admin) bool { return t.Email == a.Email }); i >= 0 {
			l.authors[called] = there[i].ID
			continue
		}
		a.AvatarURL = l.assetPath(l.pictures["author-"+called+".svg"])
		added, err := l.store.AddAdmin(ctx, l.by, a)
		if err != nil {
			return fmt.Errorf("add %s: %w", a.Name, err)
		}
		l.authors[called] = added.ID
	}
	return nil
}

// bicycleTexts are what the second help center says of itself.
func bicycleTexts() map[lectern.Locale]lectern.ThemeText {
	link := func(label, at string) lectern.Link {
		return lectern.Link{Label: label, URL: "https://fjordlight.example/" + at}
	}
	write := func(label, text string) *lectern.Contact {
		return &lectern.Contact{Link: lectern.Link{Label: label, URL: "mailto:workshop@fjordlight.example"}, Text: text}
	}
	return map[lectern.Locale]lectern.ThemeText{
		"en": {Name: bicyclesCalled, Greeting: "What does your bicycle need?", Introduction: "Setting up, repairs, parts and papers, by the people who build them.",
			HeaderLinks: []lectern.Link{link("Shop", "shop"), link("Workshops", "workshops"), link("Book a check", "check")},
			FooterLinks: []lectern.Link{link("fjordlight.example", ""), link("Terms", "terms"), link("Privacy", "privacy")},
			Contact:     write("Write to us", "Ingrid, Samir and Haruka answer from Tuesday to Saturday, most often within an hour.")},
		"de": {Name: "Fjordlight Fahrräder und Werkstätten", Greeting: "Was braucht Ihr Fahrrad?", Introduction: "Einstellen, reparieren, Teile und Papiere, von denen, die es bauen.",
			HeaderLinks: []lectern.Link{link("Laden", "de/shop"), link("Werkstätten", "de/workshops"), link("Durchsicht buchen", "de/check")},
			Contact:     write("Schreiben Sie uns", "Ingrid, Samir und Haruka antworten von Dienstag bis Samstag, meist innerhalb einer Stunde.")},
		"ar": {Name: "فيوردلايت للدراجات والورش", Greeting: "ماذا تحتاج دراجتك؟", Introduction: "الضبط والإصلاح والقطع والأوراق، ممن يصنعونها.",
			HeaderLinks: []lectern.Link{link("المتجر", "ar/shop"), link("الورش", "ar/workshops")},
			Contact:     write("اكتب إلينا", "نجيب من الثلاثاء إلى السبت، وغالبًا خلال ساعة.")},
		"ja": {Name: "フィヨルドライト自転車工房", Greeting: "自転車のことでお困りですか？", Introduction: "組み立て、修理、部品、書類。作っている人が答えます。",
			HeaderLinks: []lectern.Link{link("ショップ", "ja/shop"), link("工房", "ja/workshops")},
			Contact:     write("お問い合わせ", "火曜から土曜まで、たいてい一時間以内にお返事します。")},
	}
}
