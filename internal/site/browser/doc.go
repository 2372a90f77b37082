// Package browser holds the tests of the public help center in a real browser:
// that a reader finds, reads and judges an answer, with a mouse, a keyboard and
// no script; that no page breaks a rule of WCAG 2.2 AA as far as axe can tell;
// that none scrolls sideways, complains on the console or asks another host.
//
// They need Chromium and axe-core, and run where LECTERN_CHROMIUM names the
// browser: "./check browser" sees to both. LECTERN_SCREENSHOTS may name a folder
// that gets a picture of each page.
package browser
