// Package visitor tells readers of the public help center apart without
// knowing who they are, and people from programs.
//
// No cookie is set and nothing is stored on a reader's device. A visitor is the
// keyed hash (HMAC-SHA-256, cut to 16 bytes) of
//
//   - the workspace, so that visits to two help centers of different owners
//     cannot be joined,
//   - the day, in UTC,
//   - the first 24 bits of an IPv4 address or 48 of an IPv6 address, so that
//     the address itself goes nowhere,
//   - the User-Agent header,
//
// under a key of 32 random bytes that is made for one day, kept in the
// database for all processes, and deleted within an hour after the day is over.
// The hash is stored for one purpose, one reaction per visitor and article, and
// deleted along with the key. Views are counted without it. Addresses and
// User-Agent headers are not stored.
//
// The price: two people in one network with the same browser count as one, and
// one person counts as another the next day.
package visitor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"

	"lectern"
)

// How much of an address goes into the hash, in bits.
const (
	prefix4 = 24
	prefix6 = 48
)

// Of returns the visitor of a workspace that sends from an address with a
// User-Agent header. The zero address stands for one that is not known.
func Of(salt lectern.Salt, ws lectern.WorkspaceID, from netip.Addr, userAgent string) lectern.Visitor {
	h := hmac.New(sha256.New, salt.Bytes[:])
	var fixed [16]byte
	binary.BigEndian.PutUint64(fixed[:8], uint64(ws))
	binary.BigEndian.PutUint64(fixed[8:], uint64(salt.Day))
	h.Write(fixed[:])
	network := network(from)
	h.Write(network[:])
	h.Write([]byte(userAgent))
	v := lectern.Visitor{Day: salt.Day}
	copy(v.Hash[:], h.Sum(nil))
	return v
}

// network returns what is kept of an address.
func network(from netip.Addr) [16]byte {
	from = from.Unmap().WithZone("")
	if !from.IsValid() {
		return [16]byte{}
	}
	bits := prefix6
	if from.Is4() {
		bits = prefix4
	}
	return netip.PrefixFrom(from, bits).Masked().Addr().As16()
}
