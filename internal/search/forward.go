package search

import (
	"encoding/binary"
	"slices"
)

// The forward bytes of a document say how often each term is in each field:
//
//	1 byte   version, forwardVersion
//	varints  words in title, description and body
//	records  hash of the term (4 bytes, big-endian), body (1 byte, at most
//	         255), title and description (4 bits each, at most 15)
//
// in ascending order of hash. Records of one size can be searched without
// reading them all. Beyond the limits a score would hardly move. About 0.9 KB
// for an article of 300 words; two terms of a hash (a few articles in a million)
// count as one.
const (
	forwardVersion = 1
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

func encodeForward(terms map[string][fields]int, lengths [fields]int) []byte {
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
	b := make([]byte, 0, 16+recordSize*len(hashes))
	b = append(b, forwardVersion)
	for _, n := range lengths {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, h := range hashes {
		n := byHash[h]
		b = binary.BigEndian.AppendUint32(b, h)
		b = append(b, byte(min(n[body], 255)), byte(min(n[title], 15)<<4|min(n[description], 15)))
	}
	return b
}

// records is the part of forward bytes with a record for each term.
type records []byte

// decodeForward reports false for bytes that encodeForward did not make.
func decodeForward(b []byte) (rs records, lengths [fields]int, ok bool) {
	if len(b) == 0 || b[0] != forwardVersion {
		return nil, lengths, false
	}
	b = b[1:]
	for f := range lengths {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > 1<<40 {
			return nil, lengths, false
		}
		lengths[f], b = int(n), b[size:]
	}
	return records(b), lengths, len(b)%recordSize == 0
}

// find returns how often a term is in each field.
func (rs records) find(hash uint32) (n [fields]int, ok bool) {
	low, high := 0, len(rs)/recordSize
	for low < high {
		m := (low + high) / 2
		if binary.BigEndian.Uint32(rs[m*recordSize:]) < hash {
			low = m + 1
		} else {
			high = m
		}
	}
	at := low * recordSize
	if at == len(rs) || binary.BigEndian.Uint32(rs[at:]) != hash {
		return n, false
	}
	few := rs[at+5]
	return [fields]int{title: int(few >> 4), description: int(few & 15), body: int(rs[at+4])}, true
}
