package search

import (
	"encoding/binary"
	"slices"
)

// The forward bytes of a document say how often each term is in each field:
//
//	1 byte   version, forwardVersion
//	varints  words in title, description, headings and body
//	bytes    the words of the title, their length before them; see titleWords
//	bytes    traces, their length before them; see traces.go
//	records  hash of the term (4 bytes, big-endian), then from the highest of
//	         16 bits: body (6 bits, at most 63), title (3 bits, at most 7),
//	         description (3 bits), headings (4 bits, at most 15)
//
// in ascending order of hash. Records of one size can be searched without
// reading them all. Beyond the limits a score would hardly move. About 1.2 KB
// for an article of 300 words; two terms of a hash (a few articles in a million)
// count as one.
//
// Version 1 had no headings, title and traces, and a byte for the body and 4
// bits each for title and description. It is read as long as an index may hold
// it.
const (
	forwardVersion = 2
	recordSize     = 6
)

// hash is FNV-1a.
func hash(term string) uint32 {
	h := uint32(2166136261)
	for i := range len(term) {
		h = (h ^ uint32(term[i])) * 16777619
	}
	return h
}

func encodeForward(terms map[string][fields]int, lengths [fields]int, titled string, seen traces) []byte {
	byHash := make(map[uint32][fields]int, len(terms))
	hashes := make([]uint32, 0, len(terms))
	for t, n := range terms {
		h := hash(t)
		sum, ok := byHash[h]
		if !ok {
			hashes = append(hashes, h)
		}
		for f := range sum {
			sum[f] += n[f]
		}
		byHash[h] = sum
	}
	slices.Sort(hashes)
	b := make([]byte, 0, 24+len(titled)+len(seen)+recordSize*len(hashes))
	b = append(b, forwardVersion)
	for _, n := range lengths {
		b = binary.AppendUvarint(b, uint64(n))
	}
	b = append(binary.AppendUvarint(b, uint64(len(titled))), titled...)
	b = append(binary.AppendUvarint(b, uint64(len(seen))), seen...)
	for _, h := range hashes {
		n := byHash[h]
		b = binary.BigEndian.AppendUint32(b, h)
		b = binary.BigEndian.AppendUint16(b, uint16(min(n[body], 63)<<10|min(n[title], 7)<<7|
			min(n[description], 7)<<4|min(n[headings], 15)))
	}
	return b
}

// records are what forward bytes say of each term.
type records struct {
	bytes   []byte
	version byte
	lengths [fields]int
	title   []byte
	traces  traces
}

// decodeForward reports false for bytes that encodeForward did not make.
func decodeForward(b []byte) (rs records, ok bool) {
	if len(b) == 0 || b[0] != 1 && b[0] != forwardVersion {
		return rs, false
	}
	rs.version, b = b[0], b[1:]
	for f := range rs.lengths {
		if f == headings && rs.version == 1 {
			continue
		}
		n, size := binary.Uvarint(b)
		if size <= 0 || n > 1<<40 {
			return rs, false
		}
		rs.lengths[f], b = int(n), b[size:]
	}
	if rs.version > 1 {
		if rs.title, b, ok = cutBytes(b); !ok {
			return rs, false
		}
		if rs.traces, b, ok = cutBytes(b); !ok {
			return rs, false
		}
	}
	rs.bytes = b
	return rs, len(b)%recordSize == 0
}

// cutBytes returns the bytes whose length stands before them, and what follows.
func cutBytes(b []byte) (first, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	b = b[size:]
	return b[:n], b[n:], true
}

// len returns how many terms there are.
func (rs records) len() int { return len(rs.bytes) / recordSize }

// hash returns the hash of the i-th term.
func (rs records) hash(i int) uint32 { return binary.BigEndian.Uint32(rs.bytes[i*recordSize:]) }

// counts returns how often the i-th term is in each field.
func (rs records) counts(i int) [fields]int {
	n := binary.BigEndian.Uint16(rs.bytes[i*recordSize+4:])
	if rs.version == 1 {
		return [fields]int{title: int(n >> 4 & 15), description: int(n & 15), body: int(n >> 8)}
	}
	return [fields]int{title: int(n >> 7 & 7), description: int(n >> 4 & 7), headings: int(n & 15), body: int(n >> 10)}
}

// has tells whether there is a term.
func (rs records) has(hash uint32) bool {
	_, ok := rs.find(hash)
	return ok
}

// find returns the place of a term.
func (rs records) find(hash uint32) (i int, ok bool) {
	low, high := 0, rs.len()
	for low < high {
		m := (low + high) / 2
		if rs.hash(m) < hash {
			low = m + 1
		} else {
			high = m
		}
	}
	return low, low < rs.len() && rs.hash(low) == hash
}
