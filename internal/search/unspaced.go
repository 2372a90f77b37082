package search

import "lectern"

// unspaced are the languages of characters and pairs of characters; see
// denseScripts. MRR@10 of characters, of pairs, of both: Japanese .518, .528,
// .538 (a segmenter .527); Chinese .575, .555, .551 (.577); Korean .513, .532,
// .539. One rule for all three keeps names of one language findable in the
// others. Latin words within are read as English.
var unspaced = map[lectern.Locale]analysis{"ja": {}, "ko": {}, "zh-CN": {}, "zh-TW": {}}
