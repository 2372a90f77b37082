// Package imports says which package may import which. It is a test alone.
package imports
