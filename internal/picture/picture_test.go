package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"lectern"
)

const head = `<svg xmlns="http://www.w3.org/2000/svg"`

func TestAnSVGKeepsWhatDrawsAndNothingElse(t *testing.T) {
	for says, x := range map[string]struct{ in, out string }{
		"a drawing stays": {
			head + ` viewBox="0 0 24 24"><path d="M0 0h24" fill="#0b7a5c"/></svg>`,
			head + ` viewBox="0 0 24 24"><path d="M0 0h24" fill="#0b7a5c"></path></svg>`},
		"a script goes with what is in it": {
			head + `><script>alert(1)<g/></script><g/></svg>`, head + `><g></g></svg>`},
		"so does a script of another namespace": {
			head + `><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></svg>`, head + `></svg>`},
		"events go": {head + ` onload="alert(1)"><g onclick="x()" fill="red"/></svg>`, head + `><g fill="red"></g></svg>`},
		"foreign content goes": {
			head + `><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><b>x</b></body></foreignObject></svg>`, head + `></svg>`},
		"links and images go":            {head + `><a href="javascript:alert(1)"><g/></a><image href="https://example.com/a.png"/></svg>`, head + `></svg>`},
		"animations go":                  {head + `><g><set attributeName="href" to="javascript:x"/><animate/></g></svg>`, head + `><g></g></svg>`},
		"style sheets go":                {head + `><style>@import "https://example.com/a.css";</style></svg>`, head + `></svg>`},
		"a reference within stays":       {head + `><use href="#a"/><rect fill="url(#b)"/></svg>`, head + `><use href="#a"></use><rect fill="url(#b)"></rect></svg>`},
		"an old reference within stays":  {head + ` xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"/></svg>`, head + `><use href="#a"></use></svg>`},
		"a reference to elsewhere goes":  {head + `><use href="https://example.com/a.svg#b"/><rect fill="url(https://example.com/b)"/></svg>`, head + `><use></use><rect></rect></svg>`},
		"an escaped reference goes":      {head + `><rect fill="u&#x72;l(//example.com)"/><rect fill="\75rl(//example.com)"/></svg>`, head + `><rect></rect><rect></rect></svg>`},
		"a style becomes attributes":     {head + `><g style="fill:#fff; stroke : url(//e.com); behavior:x; opacity:.5"/></svg>`, head + `><g fill="#fff" opacity=".5"></g></svg>`},
		"text is only where it shows":    {head + `>x<title>A &amp; &lt;b></title><g>y</g></svg>`, head + `><title>A &amp; &lt;b&gt;</title><g></g></svg>`},
		"a declaration and comments go":  {`<?xml version="1.0"?><!DOCTYPE svg>` + head + `><!-- a --></svg>`, head + `></svg>`},
		"an attribute stands there once": {head + `><g fill="red" style="fill:blue"/></svg>`, head + `><g fill="red"></g></svg>`},
	} {
		got, err := cleanSVG([]byte(x.in))
		if err != nil || string(got) != x.out {
			t.Errorf("%s:\n\t%s, %v, want\n\t%s", says, got, err, x.out)
		}
	}
}

func TestWhatIsNoSVGIsRefused(t *testing.T) {
	for _, in := range []string{
		"", "x", "<svg/>", "<html/>", head + ">", head + "></svg><b/>", head + "><g></svg>", head + ">&xxe;</svg>",
		`<?xml version="1.0" encoding="utf-7"?>` + head + "></svg>",
		head + ">" + strings.Repeat("<g>", 100) + strings.Repeat("</g>", 100) + "</svg>",
		head + "></svg>" + head + "></svg>",
	} {
		if out, err := cleanSVG([]byte(in)); err == nil {
			t.Errorf("%q gives %q", in, out)
		}
	}
}

func TestAPictureIsWhatItsBytesSay(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	a, err := Clean(b.Bytes(), Logo)
	if err != nil || a.MediaType != "image/png" || !strings.HasSuffix(string(a.Name), ".png") {
		t.Errorf("a PNG is %s %s, %v", a.Name, a.MediaType, err)
	}
	if _, ok := lectern.ParseAssetName(string(a.Name)); !ok {
		t.Errorf("%q is no name", a.Name)
	}
	a, err = Clean([]byte(head+"/>"), Favicon)
	if err != nil || a.MediaType != "image/svg+xml" {
		t.Errorf("an SVG is %s, %v", a.MediaType, err)
	}
	var wide bytes.Buffer
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, maxSide+1, 1))); err != nil {
		t.Fatal(err)
	}
	for says, x := range map[string]struct {
		data []byte
		use  Use
		want string
	}{
		"an SVG behind a text": {[]byte(head + "/>"), Header, "header_picture must be a picture: PNG, JPEG or WEBP"},
		"no picture":           {[]byte("<html>"), Logo, "logo must be a picture: PNG or SVG"},
		"one too large":        {make([]byte, lectern.MaxLogo+1), LogoDark, "logo_dark must not be larger than 200 kB"},
		"one too wide":         {wide.Bytes(), Favicon, "favicon must not be wider or higher than 6000 pixels"},
	} {
		_, err := Clean(x.data, x.use)
		var refusal *lectern.Error
		if !errors.As(err, &refusal) || refusal.Text != x.want || refusal.Field != x.use.Field {
			t.Errorf("%s: %v, want %q", says, err, x.want)
		}
	}
}

// FuzzSVG checks what comes out with a parser: only elements and attributes on
// the lists, no reference to elsewhere, and the same when cleaned again.
func FuzzSVG(f *testing.F) {
	for _, seed := range []string{
		head + `><g fill="url(#a)"><script/><use href="#x"/></g></svg>`,
		head + ` xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="javascript:x"><text>y</text></a></svg>`,
		head + `><style><![CDATA[@import url(x)]]></style><g style="fill:url(http://x)"/></svg>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := cleanSVG(data)
		if err != nil {
			return
		}
		again, err := cleanSVG(out)
		if err != nil || !bytes.Equal(again, out) {
			t.Fatalf("%q is %q when cleaned again, %v", out, again, err)
		}
		for d := xml.NewDecoder(bytes.NewReader(out)); ; {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatalf("%q: %v", out, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if !drawing[e.Name.Local] {
				t.Fatalf("%q has %s", out, e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local != "xmlns" && !looks[a.Name.Local] || strings.Contains(a.Value, "url(h") || a.Name.Local == "href" && a.Value[0] != '#' {
					t.Fatalf("%q has %s=%q", out, a.Name.Local, a.Value)
				}
			}
		}
	})
}
