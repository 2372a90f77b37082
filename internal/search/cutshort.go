package search

import (
	"strings"
	"unicode"

	"lectern"
)

// cutShort are the languages of which the first characters of a word say
// enough: those with many endings and no good stemmer. MRR@10 of words as they
// are, of 5 and of 6 characters: Czech .535, .565, .553; Polish .503, .556,
// .555; Finnish .437, .486, .483 (stems .470); Turkish .452, .499, .492 (stems
// .486). The others are taken to do as their neighbours; six where measures
// are missing and stems run longer.
//
// Turkish needs no rule of its own for I and ı: both end as i, as İ does.
var cutShort = map[lectern.Locale]analysis{
	"bg": {script: unicode.Cyrillic, cut: 5},
	"bs": {script: unicode.Latin, cut: 6, respell: latinSerbian.Replace},
	"ca": {script: unicode.Latin, cut: 6},
	"cs": {script: unicode.Latin, cut: 5},
	"el": {script: unicode.Greek, cut: 6},
	"et": {script: unicode.Latin, compounds: true, cut: 5},
	"fi": {script: unicode.Latin, compounds: true, cut: 5},
	"hr": {script: unicode.Latin, cut: 6},
	"id": {script: unicode.Latin, cut: 6},
	"lt": {script: unicode.Latin, cut: 6},
	"lv": {script: unicode.Latin, cut: 6},
	"mn": {script: unicode.Cyrillic, cut: 6},
	"pl": {script: unicode.Latin, cut: 5},
	"sl": {script: unicode.Latin, cut: 6},
	"sr": {script: unicode.Latin, cut: 6, respell: latinSerbian.Replace},
	"tr": {script: unicode.Latin, cut: 5},
}

// latinSerbian writes Serbian Cyrillic in Latin letters: Serbs and Bosnians
// read and write both.
var latinSerbian = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "đ", "е", "e", "ж", "ž", "з", "z", "и", "i",
	"ј", "j", "к", "k", "л", "l", "љ", "lj", "м", "m", "н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r",
	"с", "s", "т", "t", "ћ", "ć", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "č", "џ", "dž", "ш", "š",
)
